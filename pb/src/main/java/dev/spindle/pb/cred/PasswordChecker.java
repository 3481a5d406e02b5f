// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.cred.PresentedCredentials.ChallengeResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Checks names and secrets. The avatar's id is the name. */
public final class PasswordChecker implements CredentialChecker {
  /** Compared against when the name is unknown, so that both cases take the same time. */
  private static final byte[] NOBODY = new byte[16];

  private final Function<String, Optional<byte[]>> secretMd5OfName;

  /**
   * @param secretMd5OfName finds the MD5 of a name's secret ({@link Md5#ofSecret}); called on any
   *     thread, at times on several at once; must not block
   */
  public PasswordChecker(Function<String, Optional<byte[]>> secretMd5OfName) {
    this.secretMd5OfName = secretMd5OfName;
  }

  /**
   * For a fixed set of names and secrets; keeps the digests alone. On a Java without MD5 it knows
   * nobody: whoever logs in is told why before it is asked.
   */
  public static PasswordChecker of(Map<String, String> secrets) {
    if (Md5.missing().isPresent()) {
      return new PasswordChecker(name -> Optional.empty());
    }
    Map<String, byte[]> digests = new HashMap<>();
    secrets.forEach((name, secret) -> digests.put(name, Md5.ofSecret(secret)));
    return new PasswordChecker(name -> Optional.ofNullable(digests.get(name)));
  }

  @Override
  public Optional<CompletionStage<String>> check(PresentedCredentials credentials) {
    if (!(credentials instanceof ChallengeResponse answer)) {
      return Optional.empty();
    }
    Optional<byte[]> known = secretMd5OfName.apply(answer.name());
    boolean right = answer.matches(known.orElse(NOBODY)) && known.isPresent();
    return Optional.of(
        right
            ? CompletableFuture.completedFuture(answer.name())
            : CompletableFuture.failedFuture(new LoginRefusedException()));
  }
}

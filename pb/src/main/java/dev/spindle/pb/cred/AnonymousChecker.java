// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets anybody in, under one avatar id. */
public final class AnonymousChecker implements CredentialChecker {
  /** The avatar id of everybody who did not say who they are. */
  public static final String ANONYMOUS = "";

  /** The one kind that there is. */
  public AnonymousChecker() {}

  @Override
  public Optional<CompletionStage<String>> check(PresentedCredentials credentials) {
    return credentials instanceof PresentedCredentials.Anonymous
        ? Optional.of(CompletableFuture.completedFuture(ANONYMOUS))
        : Optional.empty();
  }
}

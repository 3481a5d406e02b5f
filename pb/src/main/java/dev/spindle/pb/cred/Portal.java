// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A realm behind its checkers.
 *
 * @param realm what those get who pass
 * @param checkers asked in order; the first that deals with the kind of credentials decides
 */
public record Portal(Realm realm, List<CredentialChecker> checkers) {
  public Portal {
    checkers = List.copyOf(checkers);
  }

  public static Portal of(Realm realm, CredentialChecker... checkers) {
    return new Portal(realm, List.of(checkers));
  }

  /** The avatar id of credentials, or a failure to be told to the client. */
  CompletionStage<String> check(PresentedCredentials credentials) {
    for (CredentialChecker checker : checkers) {
      Optional<CompletionStage<String>> verdict = checker.check(credentials);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    return CompletableFuture.failedFuture(new UnhandledCredentialsException(credentials));
  }
}

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
    return verdict(credentials)
        .orElseGet(
            () -> CompletableFuture.failedFuture(new UnhandledCredentialsException(credentials)));
  }

  /** The same for the first of two that some checker deals with. */
  CompletionStage<String> check(PresentedCredentials first, PresentedCredentials second) {
    return verdict(first).orElseGet(() -> check(second));
  }

  private Optional<CompletionStage<String>> verdict(PresentedCredentials credentials) {
    for (CredentialChecker checker : checkers) {
      Optional<CompletionStage<String>> verdict = checker.check(credentials);
      if (verdict == null) {
        throw new IllegalStateException(
            checker.getClass().getName()
                + " gave null: expected an Optional, empty or with a stage");
      }
      if (verdict.isPresent()) {
        return verdict;
      }
    }
    return Optional.empty();
  }
}

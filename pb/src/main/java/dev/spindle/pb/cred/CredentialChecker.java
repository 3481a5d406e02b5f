// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Decides whether somebody is who they say. */
@FunctionalInterface
public interface CredentialChecker {

  /**
   * Checks credentials.
   *
   * @return empty when this checker does not deal with their kind; else a stage of the avatar's id,
   *     which fails with {@link LoginRefusedException} when they are wrong
   */
  Optional<CompletionStage<String>> check(PresentedCredentials credentials);
}

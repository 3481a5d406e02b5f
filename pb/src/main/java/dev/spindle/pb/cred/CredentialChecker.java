// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether somebody is who they say.
 *
 * <p>Whoever asks is not logged in yet. So of what a check fails with, or throws, only a {@link
 * dev.spindle.pb.broker.PbError} is told to the client, name and text as they are: {@link
 * LoginRefusedException} says nothing but no. Anything else is logged here, and is {@code
 * builtins.RuntimeError}, "the login failed: internal error", there.
 */
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

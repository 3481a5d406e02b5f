// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.concurrent.CompletionStage;

/** Knows what each who logged in may call. */
@FunctionalInterface
public interface Realm {

  /**
   * Makes an avatar for a login. What the stage fails with is told to the client.
   *
   * <p>Thread: the connection's; must not block.
   */
  CompletionStage<Avatar> avatar(Login login);
}

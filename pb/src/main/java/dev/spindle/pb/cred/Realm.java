// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.concurrent.CompletionStage;

/** Knows what each who logged in may call. */
@FunctionalInterface
public interface Realm {

  /**
   * Makes an avatar for a login. What the stage fails with is told to the client; that there is
   * none, and null in its place, is logged, and told as an internal error.
   *
   * <p>Thread: any, at times of several at once: the connection's, or that of whoever gave up the
   * seat for which an attempt had to wait. Must not block.
   */
  CompletionStage<Avatar> avatar(Login login);
}

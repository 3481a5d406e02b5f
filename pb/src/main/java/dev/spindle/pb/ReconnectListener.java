// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;

/**
 * Is told how a {@link ReconnectingClient} fares. Every method does nothing unless overridden.
 *
 * <p>Thread: the reconnecting client's own, one call after the other. They may block, which holds
 * up the next attempt and nothing else. One that throws costs a line in the log.
 */
public interface ReconnectListener {

  /**
   * A connection stands and, if there are credentials, the login has passed. What is called here
   * goes out before the calls that waited, and may be waited for: the place to register again what
   * the server has forgotten. {@code target.connection()} is the connection. Calls of {@link
   * ReconnectingClient#target} wait until this returns, and must not be waited for here.
   *
   * @param target the root object or the perspective, for as long as this connection lasts
   */
  default void connected(RemoteReference target) {}

  /** A connection that was {@link #connected} has ended. */
  default void lost(ConnectionLostException why) {}

  /**
   * The next attempt is made after a wait.
   *
   * @param why the last connection's end, or why there was none
   */
  default void retrying(Exception why, Duration wait) {}

  /** No further attempt will be made; calls fail from now on. */
  default void gaveUp(Exception why) {}
}

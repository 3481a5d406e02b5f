// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.cred.Credentials;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a reconnecting client goes about it.
 *
 * @param credentials to log in with on each connection; null to be content with the root object
 * @param mind goes with the credentials
 * @param backoff the waits between attempts
 * @param stableAfter how long a connection has to live for the waits to begin anew
 * @param loginTimeout for the handshake and the login
 * @param maxFailures in a row, after which it gives up
 * @param retriesRefusedLogins whether a refused login is a failure like any other
 */
record ReconnectPlan(
    @Nullable Credentials credentials,
    @Nullable Referenceable mind,
    Backoff backoff,
    Duration stableAfter,
    Duration loginTimeout,
    int maxFailures,
    boolean retriesRefusedLogins,
    ReconnectListener listener) {

  boolean givesUp(Exception why, int failures) {
    return failures >= maxFailures || !retriesRefusedLogins && Reconnector.isRefusal(why);
  }
}

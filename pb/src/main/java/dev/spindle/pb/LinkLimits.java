// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;

/**
 * How long a connection may take.
 *
 * @param connect to be established, as a client
 * @param handshake to agree on a dialect
 * @param login to log in, on a server with logins
 */
record LinkLimits(Duration connect, Duration handshake, Duration login) {
  static final LinkLimits DEFAULT =
      new LinkLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60));
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;

/**
 * How long a connection may take.
 *
 * @param connect to be established, as a client
 * @param handshake to agree on a dialect
 * @param login to log in, on a server with logins
 * @param close to take what was still to be sent, before it is closed all the same
 */
record LinkLimits(Duration connect, Duration handshake, Duration login, Duration close) {
  static final LinkLimits DEFAULT =
      new LinkLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5));

  LinkLimits withConnect(Duration time) {
    return new LinkLimits(time, handshake, login, close);
  }

  LinkLimits withHandshake(Duration time) {
    return new LinkLimits(connect, time, login, close);
  }

  LinkLimits withLogin(Duration time) {
    return new LinkLimits(connect, handshake, time, close);
  }

  LinkLimits withClose(Duration time) {
    return new LinkLimits(connect, handshake, login, time);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;

/**
 * How long a connection may take, and how much of it may wait.
 *
 * @param connect to be established, as a client
 * @param tls to agree on TLS
 * @param handshake to agree on a dialect
 * @param login to log in, on a server with logins
 * @param expression to bring an expression to its end that has begun, unless it comes quickly
 * @param close to take what was still to be sent, before it is closed all the same
 * @param maxUnreadBytes most bytes that wait to be worked off behind what is being read
 */
record LinkLimits(
    Duration connect,
    Duration tls,
    Duration handshake,
    Duration login,
    Duration expression,
    Duration close,
    int maxUnreadBytes) {
  static final LinkLimits DEFAULT =
      new LinkLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          4 << 20);

  LinkLimits withConnect(Duration time) {
    return new LinkLimits(time, tls, handshake, login, expression, close, maxUnreadBytes);
  }

  LinkLimits withTls(Duration time) {
    return new LinkLimits(connect, time, handshake, login, expression, close, maxUnreadBytes);
  }

  LinkLimits withHandshake(Duration time) {
    return new LinkLimits(connect, tls, time, login, expression, close, maxUnreadBytes);
  }

  LinkLimits withLogin(Duration time) {
    return new LinkLimits(connect, tls, handshake, time, expression, close, maxUnreadBytes);
  }

  LinkLimits withExpression(Duration time) {
    return new LinkLimits(connect, tls, handshake, login, time, close, maxUnreadBytes);
  }

  LinkLimits withClose(Duration time) {
    return new LinkLimits(connect, tls, handshake, login, expression, time, maxUnreadBytes);
  }

  LinkLimits withMaxUnreadBytes(int bytes) {
    return new LinkLimits(connect, tls, handshake, login, expression, close, bytes);
  }
}

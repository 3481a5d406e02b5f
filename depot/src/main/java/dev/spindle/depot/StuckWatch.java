// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.time.Duration;
import java.util.Set;

/**
 * Aborts logins whose data connection stands still. A socket's own time limit would do for reading
 * alone: a blocked write has none.
 */
final class StuckWatch implements AutoCloseable {
  private final LimitClock clock = new LimitClock("depot-transfer-clock");

  StuckWatch(Set<FtpLogin> logins, Duration idle) {
    long idleNanos = idle.toNanos();
    clock.start(
        idle,
        now -> logins.stream().filter(l -> l.isStuck(now, idleNanos)).forEach(FtpLogin::abort));
  }

  @Override
  public void close() {
    clock.close();
  }
}

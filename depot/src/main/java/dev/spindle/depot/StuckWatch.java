// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Aborts logins whose data connection stands still. A socket's own time limit would do for reading
 * alone: a blocked write has none.
 */
final class StuckWatch implements AutoCloseable {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(StuckWatch::thread);

  StuckWatch(Set<FtpLogin> logins, Duration idle) {
    long idleNanos = idle.toNanos();
    long lookNanos = Math.min(LONGEST_LOOK.toNanos(), idleNanos / 4);
    clock.scheduleWithFixedDelay(
        () -> {
          long now = System.nanoTime();
          logins.stream().filter(l -> l.isStuck(now, idleNanos)).forEach(FtpLogin::abort);
        },
        lookNanos,
        lookNanos,
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "depot-transfer-clock");
    thread.setDaemon(true);
    return thread;
  }
}

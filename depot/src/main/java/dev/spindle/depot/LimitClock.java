// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Looks again and again, on a thread of its own, at who has outlived a limit of time. */
final class LimitClock implements AutoCloseable {
  /** A limit is kept to this, or to a quarter of it if that is less. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  private final ScheduledExecutorService clock;

  LimitClock(String threadName) {
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts looking.
   *
   * @param look is given the time, by {@link System#nanoTime}; must not throw, which would end it
   */
  void start(Duration limit, LongConsumer look) {
    long nanos = Math.min(LONGEST_LOOK.toNanos(), limit.toNanos() / 4);
    clock.scheduleWithFixedDelay(
        () -> look.accept(System.nanoTime()), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

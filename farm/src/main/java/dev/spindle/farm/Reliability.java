// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How a worker did of late: failures count for {@link #MEMORY}, and one that cannot even be handed
 * an assignment gets none for a while, twice as long each time. On the loop only.
 */
final class Reliability {
  static final Duration MEMORY = Duration.ofMinutes(10);

  /** Beyond so many, a worker is no worse. */
  static final int MAX_STRIKES = 8;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final Deque<Long> strikes = new ArrayDeque<>();
  private Duration pause = Duration.ZERO;
  private long pausedAt;

  /** An attempt was lost, failed without its command's doing, or could not be handed over. */
  void strike(long nanoTime) {
    strikes.addLast(nanoTime);
    if (strikes.size() > MAX_STRIKES) {
      strikes.removeFirst();
    }
  }

  int strikes(long nanoTime) {
    while (!strikes.isEmpty() && nanoTime - strikes.getFirst() >= MEMORY.toNanos()) {
      strikes.removeFirst();
    }
    return strikes.size();
  }

  /** Begins a pause, unless one is under way, and tells how long it is. */
  Duration pause(long nanoTime) {
    if (!paused(nanoTime)) {
      Duration twice = pause.multipliedBy(2);
      pause = pause.isZero() ? FIRST_PAUSE : shorter(twice, LONGEST_PAUSE);
      pausedAt = nanoTime;
    }
    return pause;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  boolean paused(long nanoTime) {
    return !pause.isZero() && nanoTime - pausedAt < pause.toNanos();
  }

  /** An assignment was handed over: the next pause is a short one again. */
  void handedOver(long nanoTime) {
    if (!paused(nanoTime)) {
      pause = Duration.ZERO;
    }
  }
}

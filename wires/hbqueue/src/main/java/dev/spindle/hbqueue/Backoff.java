// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts to connect: doubling, with jitter, so that a farm does not come at once.
 */
final class Backoff {
  private final Duration first;
  private final Duration last;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration last, RandomGenerator random) {
    this.first = first;
    this.last = last;
    this.random = random;
  }

  void succeeded() {
    failures = 0;
  }

  /** The next wait: between half and all of {@code first * 2^failures}, at most {@code last}. */
  Duration next() {
    long full = last.toNanos();
    if (failures < Long.numberOfLeadingZeros(first.toNanos()) - 1) {
      full = Math.min(full, first.toNanos() << failures);
    }
    failures++;
    return Duration.ofNanos(full / 2 + (long) (random.nextDouble() * (full - full / 2)));
  }
}

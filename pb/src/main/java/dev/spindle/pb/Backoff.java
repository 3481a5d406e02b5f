// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts to connect: doubling from the first wait to the longest, each
 * shortened by chance, so that those who lost the same server do not come back to it at once.
 *
 * @param first the wait after one failure
 * @param most the longest
 * @param jitter the share of each wait that is left to chance, from 0 to 1: with 0.5 a wait of 4 s
 *     is anything from 2 s to 4 s
 */
public record Backoff(Duration first, Duration most, double jitter) {
  /** From half a second to a minute, half of it by chance. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), 0.5);

  /**
   * @throws IllegalArgumentException when the first is not positive, the longest is shorter than
   *     it, or the jitter is not a share
   */
  public Backoff {
    if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "waits from " + first + " to " + most + ": expected a positive one and one no shorter");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("a jitter of " + jitter + ": expected 0 to 1");
    }
  }

  /** The wait after so many failures in a row, 1 at least. */
  Duration after(int failures, RandomGenerator random) {
    long full = most.toNanos();
    int doublings = failures - 1;
    if (doublings < Long.numberOfLeadingZeros(first.toNanos()) - 1) {
      full = Math.min(full, first.toNanos() << doublings);
    }
    return Duration.ofNanos(full - (long) (random.nextDouble() * jitter * full));
  }
}

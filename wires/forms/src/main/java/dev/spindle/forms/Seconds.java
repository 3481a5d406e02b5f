// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as numbers: seconds, with a fraction down to the microsecond. */
public final class Seconds {
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;

  /** Longest time read, in seconds: some 300 years. */
  private static final double LONGEST = 1e10;

  private Seconds() {}

  public static double of(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  /**
   * Reads seconds.
   *
   * @throws IllegalArgumentException when they are out of range or not a number
   */
  public static Duration toDuration(double seconds) {
    if (!(Math.abs(seconds) <= LONGEST)) {
      throw new IllegalArgumentException(
          "a time of " + seconds + " seconds: expected at most " + LONGEST);
    }
    return Duration.of(Math.round(seconds * MICROS), ChronoUnit.MICROS);
  }

  /** Seconds since 1970. */
  public static double of(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / NANOS;
  }

  /** Reads seconds since 1970; errors as {@link #toDuration}. */
  public static Instant toInstant(double seconds) {
    return Instant.EPOCH.plus(toDuration(seconds));
  }
}

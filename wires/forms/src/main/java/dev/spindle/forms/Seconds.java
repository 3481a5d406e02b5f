// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import java.time.Duration;
import java.time.Instant;

/** Times as numbers: seconds, with a fraction down to the microsecond. */
public final class Seconds {
  private static final double NANOS = 1e9;

  /** Longest time read, in seconds: some 300 years, so that sums never overflow. */
  private static final double LONGEST = 1e10;

  private Seconds() {}

  public static double of(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  /** Reads seconds; what is out of range or not a number is refused. */
  public static Duration toDuration(double seconds) {
    if (!(Math.abs(seconds) <= LONGEST)) {
      throw Dict.invalid("a time of " + seconds + " seconds: expected at most " + LONGEST);
    }
    return Duration.ofNanos(Math.round(seconds * 1e6) * 1000);
  }

  /** Seconds since 1970. */
  public static double of(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / NANOS;
  }

  public static Instant toInstant(double seconds) {
    return Instant.EPOCH.plus(toDuration(seconds));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;

/**
 * Refuses a setting where it is made, and not where it is first used: that may be never, or on
 * another thread.
 */
final class Setting {
  /** What there is to count in, for timers: less would be none at all to some of them. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Far from where a time in milliseconds or nanoseconds has no room any more. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private Setting() {}

  /**
   * @throws IllegalArgumentException naming the setting when there are fewer than that
   */
  static int atLeast(int least, String setting, int count) {
    if (count < least) {
      throw new IllegalArgumentException(
          setting + " " + count + ": expected " + least + " or more");
    }
    return count;
  }

  /**
   * @throws IllegalArgumentException naming the setting when it is no time, or too long a one
   */
  static Duration time(String setting, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(setting + " " + time + ": expected more than 0 s");
    }
    if (time.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(setting + " " + time + ": expected 1 ms or more");
    }
    return notTooLong(setting, time);
  }

  /**
   * @throws IllegalArgumentException naming the setting when it is negative, or too long a time
   */
  static Duration timeOrNone(String setting, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(setting + " " + time + ": expected 0 s or more");
    }
    return notTooLong(setting, time);
  }

  private static Duration notTooLong(String setting, Duration time) {
    if (time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          setting + " " + time + ": expected " + LONGEST.toDays() + " days or less");
    }
    return time;
  }
}

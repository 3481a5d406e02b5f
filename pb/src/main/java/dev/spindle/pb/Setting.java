// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;

/**
 * Refuses a setting where it is made, and not where it is first used: that may be never, or on
 * another thread.
 */
final class Setting {
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
   * @throws IllegalArgumentException naming the setting when it is no time
   */
  static Duration time(String setting, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(setting + " " + time + ": expected more than 0 s");
    }
    return time;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Counts the tries of one transfer and says how long to wait before the next. */
final class Tries {
  /** Of a pause, so that many workers do not come back in one moment. */
  private static final double JITTER = 0.25;

  private final TransferLimits limits;
  private int fruitless;
  private long mark;

  Tries(TransferLimits limits) {
    this.limits = limits;
  }

  /** Tells what was over before the first try. */
  void from(long bytesDone) {
    mark = bytesDone;
  }

  /** Notes a try that was cut off at so many bytes; answers with whether another is due. */
  boolean again(long bytesDone) {
    if (bytesDone - mark >= TransferLimits.FRUITFUL_BYTES) {
      mark = bytesDone;
      fruitless = 0;
    }
    return ++fruitless < TransferLimits.MAX_FRUITLESS;
  }

  /** Before the next try. */
  Duration pause() {
    long millis = limits.firstPause().toMillis() << Math.min(fruitless - 1, 16);
    long bounded = Math.min(millis, limits.longestPause().toMillis());
    double jitter = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (bounded * jitter));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Warnings about what anybody can cause as often as they like: one in a while, which tells how many
 * there were.
 *
 * <p>Thread: any; guarded by this.
 */
final class RareLog {
  /** From one warning to the next. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Logger log;
  private final LongSupplier nanoTime;
  private boolean any;
  private long lastAt;
  private long untold;

  RareLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** Warns, or counts what would have been told. */
  void warn(String what, Object who) {
    long before;
    synchronized (this) {
      long now = nanoTime.getAsLong();
      if (any && now - lastAt < INTERVAL.toNanos()) {
        untold++;
        return;
      }
      any = true;
      lastAt = now;
      before = untold;
      untold = 0;
    }
    log.warn("{}: {}{}", who, what, before == 0 ? "" : " (and " + before + " more before it)");
  }
}

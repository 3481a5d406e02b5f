// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a worker may be silent. Measured on the monotonic clock. A sign of life costs one
 * assignment: the timer is set once and looks, when it fires, at how much is left. On the loop
 * only.
 */
final class Lease {
  private final FarmLoop loop;
  private final Desk desk;
  private final Duration length;
  private final Runnable ranOut;
  private long renewedAt;
  private FarmLoop.@Nullable Cancellable timer;

  Lease(FarmLoop loop, Desk desk, Duration length, Runnable ranOut) {
    this.loop = loop;
    this.desk = desk;
    this.length = length;
    this.ranOut = ranOut;
  }

  /** Starts the lease, or starts it afresh. */
  void renew() {
    renewedAt = loop.nanoTime();
    if (timer == null) {
      timer = desk.after(length, this::look);
    }
  }

  void end() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void look() {
    timer = null;
    Duration left = length.minusNanos(loop.nanoTime() - renewedAt);
    if (left.isNegative() || left.isZero()) {
      ranOut.run();
    } else {
      timer = desk.after(left, this::look);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When each end of a connection last heard the other, as far as the worker can know.
 *
 * <p>That the controller called says nothing of whether our answer arrived. What does: an answer to
 * a call of ours, at the time of the call; and a keepalive, since it is sent only after the answer
 * to the one before. Thread: any; guarded by this.
 */
final class Contact {
  private final LongSupplier nanoTime;
  private long heard;
  private long lastKeepalive;
  private long confirmed;

  /**
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  Contact(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.heard = nanoTime.getAsLong();
    this.lastKeepalive = heard;
    this.confirmed = heard;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** The controller called. */
  synchronized void heard() {
    heard = now();
  }

  /** The controller asked for a sign of life. */
  synchronized void keepalive() {
    confirm(lastKeepalive);
    lastKeepalive = now();
  }

  /**
   * The controller answered.
   *
   * @param askedAt when we called
   */
  synchronized void answered(long askedAt) {
    confirm(askedAt);
  }

  private void confirm(long at) {
    confirmed = Math.max(at - confirmed, 0) + confirmed;
  }

  /** How long the controller has been silent. */
  synchronized Duration silence() {
    return Duration.ofNanos(now() - heard);
  }

  /** How long ago the controller is known to have heard us. */
  synchronized Duration unconfirmed() {
    return Duration.ofNanos(now() - confirmed);
  }
}

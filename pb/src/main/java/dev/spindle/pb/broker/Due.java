// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a call has to have ended. {@link Deadlines} links the calls that are due together. */
final class Due {
  final PendingCall call;

  /** When the call's time is over, on the link's clock. */
  final long at;

  private final long nanos;

  Deadlines.@Nullable Tick tick;
  @Nullable Due previous;
  @Nullable Due next;

  /**
   * @param nanos the time that the call is given
   * @param now when it was made
   */
  Due(PendingCall call, long nanos, long now) {
    this.call = call;
    this.nanos = nanos;
    this.at = now + nanos;
  }

  /** The time that the call was given. */
  Duration after() {
    return Duration.ofNanos(nanos);
  }
}

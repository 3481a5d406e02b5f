// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this side's own calls may take.
 *
 * @param deadline the time that each is given unless its reference says otherwise; null for any
 * @param maxUnanswered most calls of one connection that wait, to be sent or for their answers;
 *     also those that were given up count until they are answered
 * @param maxUnsentBytes most bytes that wait for the other side to read, when a call is sent
 */
public record CallLimits(@Nullable Duration deadline, int maxUnanswered, long maxUnsentBytes) {

  /** Some 100 MiB of calls with small arguments: more is a caller that waits for nothing. */
  public static final int DEFAULT_MAX_UNANSWERED = 1 << 18;

  public static final long DEFAULT_MAX_UNSENT_BYTES = 64L << 20;

  public static final CallLimits DEFAULT =
      new CallLimits(null, DEFAULT_MAX_UNANSWERED, DEFAULT_MAX_UNSENT_BYTES);

  public CallLimits {
    if (deadline != null) {
      nanos(deadline);
    }
    if (maxUnanswered < 1 || maxUnsentBytes < 1) {
      throw new IllegalArgumentException(
          "at most "
              + maxUnanswered
              + " calls and "
              + maxUnsentBytes
              + " bytes waiting: expected one at least of each");
    }
  }

  public CallLimits withDeadline(Duration time) {
    return new CallLimits(time, maxUnanswered, maxUnsentBytes);
  }

  public CallLimits withMaxUnanswered(int count) {
    return new CallLimits(deadline, count, maxUnsentBytes);
  }

  public CallLimits withMaxUnsentBytes(long bytes) {
    return new CallLimits(deadline, maxUnanswered, bytes);
  }

  /** The deadline in nanoseconds; 0 for none. */
  long deadlineNanos() {
    return deadline == null ? 0 : nanos(deadline);
  }

  /** A deadline in nanoseconds; what no clock will see ends in 146 years. */
  static long nanos(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a deadline of " + deadline + ": expected a time to come");
    }
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    return (deadline.compareTo(longest) < 0 ? deadline : longest).toNanos();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import java.time.Duration;

/**
 * How often a worker is asked for a sign of life, and how long it may take.
 *
 * @param keepalive between two signs
 * @param keepaliveLimit until a worker that does not answer is given up
 * @param callLimit until any other call is given up
 */
public record HbQueueTimes(Duration keepalive, Duration keepaliveLimit, Duration callLimit) {
  /** Source: HBQueue reference, "Losing each other". */
  public static final HbQueueTimes DEFAULT =
      new HbQueueTimes(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** Several signs to a lease: a worker that is well must not lose its jobs for want of a word. */
  private static final int SIGNS_PER_LEASE = 3;

  /** The usual times, with signs of life as often as a short lease needs them. */
  public static HbQueueTimes forLease(Duration lease) {
    Duration often = lease.dividedBy(SIGNS_PER_LEASE);
    return often.compareTo(DEFAULT.keepalive()) < 0
        ? new HbQueueTimes(often, DEFAULT.keepaliveLimit(), DEFAULT.callLimit())
        : DEFAULT;
  }
}

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
}

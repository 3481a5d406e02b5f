// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;

/** When an exclusive attempt must be stopped that has lost its controller. */
final class Lease {
  private Lease() {}

  /**
   * How long it may go on.
   *
   * @param lease from the last sign of life until the controller gives the job to another
   * @param grace how long it may take to die, which must be over by then
   * @param silence how long ago that sign of life was
   */
  static Duration rest(Duration lease, Duration grace, Duration silence) {
    Duration half = lease.dividedBy(2);
    Duration rest = lease.minus(grace.compareTo(half) < 0 ? grace : half).minus(silence);
    return rest.isNegative() ? Duration.ZERO : rest;
  }
}

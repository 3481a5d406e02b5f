// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;

/**
 * The controller's times and limits.
 *
 * @param lease how long a worker may be silent before its jobs are given to others
 * @param maxUnfinishedJobs most jobs that are not in a final state; more are refused as BUSY
 * @param maxWorkers most registered workers
 * @param maxOutputsPerAttempt most outputs that one attempt may offer
 * @param maxLogBytesPerAttempt UTF-8 bytes after which an attempt's log is cut, with one remark
 * @param maxUnwrittenLogBytes UTF-8 bytes of one job's log that may wait for the disk; more are
 *     refused as BUSY
 * @param maxWaitingCalls most calls that may wait for one job's commit; more are refused as BUSY
 * @param answerLimit longest wait for a worker's status or the depot's word on an output
 * @param refusalPause how long a job is kept from a worker that gave it back
 * @param storeRetry pause before a job is taken from a lost worker again, when the store failed
 */
public record ControllerSettings(
    Duration lease,
    int maxUnfinishedJobs,
    int maxWorkers,
    int maxOutputsPerAttempt,
    long maxLogBytesPerAttempt,
    long maxUnwrittenLogBytes,
    int maxWaitingCalls,
    Duration answerLimit,
    Duration refusalPause,
    Duration storeRetry) {

  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

  /** A record of a waiting job takes about a kilobyte. */
  public static final int DEFAULT_MAX_UNFINISHED_JOBS = 1_000_000;

  public static final int DEFAULT_MAX_WORKERS = 10_000;

  public static final int DEFAULT_MAX_OUTPUTS_PER_ATTEMPT = 10_000;

  public static final long DEFAULT_MAX_LOG_BYTES_PER_ATTEMPT = 64L << 20;

  /** A few of the largest strings that Perspective Broker carries. */
  public static final long DEFAULT_MAX_UNWRITTEN_LOG_BYTES = 4L << 20;

  public static final int DEFAULT_MAX_WAITING_CALLS = 1000;

  public ControllerSettings {
    refuseNonPositive("lease", lease);
    refuseNonPositive("answer limit", answerLimit);
    refuseNonPositive("refusal pause", refusalPause);
    refuseNonPositive("store retry", storeRetry);
    refuseBelowOne("max unfinished jobs", maxUnfinishedJobs);
    refuseBelowOne("max workers", maxWorkers);
    refuseBelowOne("max outputs per attempt", maxOutputsPerAttempt);
    refuseBelowOne("max log bytes per attempt", maxLogBytesPerAttempt);
    refuseBelowOne("max unwritten log bytes", maxUnwrittenLogBytes);
    refuseBelowOne("max waiting calls", maxWaitingCalls);
  }

  private static void refuseNonPositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " " + value + ": expected more than 0 seconds");
    }
  }

  private static void refuseBelowOne(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " " + value + ": expected at least 1");
    }
  }

  public static ControllerSettings defaults() {
    return withLease(DEFAULT_LEASE);
  }

  /** The defaults with another lease. */
  public static ControllerSettings withLease(Duration lease) {
    return new ControllerSettings(
        lease,
        DEFAULT_MAX_UNFINISHED_JOBS,
        DEFAULT_MAX_WORKERS,
        DEFAULT_MAX_OUTPUTS_PER_ATTEMPT,
        DEFAULT_MAX_LOG_BYTES_PER_ATTEMPT,
        DEFAULT_MAX_UNWRITTEN_LOG_BYTES,
        DEFAULT_MAX_WAITING_CALLS,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }
}

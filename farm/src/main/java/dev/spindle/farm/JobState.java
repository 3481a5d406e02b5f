// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a job, and every transition between them.
 *
 * <pre>
 * QUEUED → ASSIGNED → RUNNING → SUCCEEDED | FAILED | CANCELLED
 *    ↑________|__________|
 * </pre>
 */
public enum JobState {
  /** Waits for a worker. */
  QUEUED,
  /** Waits in one worker's queue. Not durable: a restarted controller finds it {@link #QUEUED}. */
  ASSIGNED,
  /** An attempt was started by a worker. */
  RUNNING,
  /** The command exited with status 0 and every output was delivered. */
  SUCCEEDED,
  /** The command failed, or no attempt could carry it out; the reason is kept. */
  FAILED,
  /** A user ended it. */
  CANCELLED;

  /** The states that may follow this one. */
  public Set<JobState> next() {
    return switch (this) {
      case QUEUED -> EnumSet.of(ASSIGNED, FAILED, CANCELLED);
      case ASSIGNED -> EnumSet.of(RUNNING, QUEUED, FAILED, CANCELLED);
      case RUNNING -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED, QUEUED);
      case SUCCEEDED, FAILED, CANCELLED -> EnumSet.noneOf(JobState.class);
    };
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return next().isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobState;
import java.io.PrintWriter;

/** Our exit status for a job that ended. */
final class JobExit {
  /** The job did not come to an exit status of its own. */
  static final int NOT_CARRIED_OUT = 125;

  /** The job was cancelled; as for an interrupt from the keyboard. */
  static final int CANCELLED = 130;

  private JobExit() {}

  /** The job's own exit status where it has one; why it has none is printed. */
  static int of(Job job, PrintWriter err) {
    JobEnd end = job.end().orElseThrow();
    if (job.state() == JobState.CANCELLED) {
      err.println("spindle: job " + job.id() + " was cancelled: " + end.reason());
      return CANCELLED;
    }
    int exit = end.result().map(JobResult::exit).orElse(NOT_CARRIED_OUT);
    if (job.state() == JobState.FAILED && (exit == NOT_CARRIED_OUT || exit == 0)) {
      err.println("spindle: job " + job.id() + " failed: " + end.reason());
      return NOT_CARRIED_OUT;
    }
    return exit;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.JobReport;
import dev.spindle.farm.JobResult;
import java.util.concurrent.CompletionStage;

/** How an attempt ended, as it is reported and kept in the journal. */
sealed interface AttemptEnd {

  CompletionStage<Boolean> tell(JobReport report);

  /** The command ended by itself, and every output was delivered. */
  record Finished(JobResult result) implements AttemptEnd {
    @Override
    public CompletionStage<Boolean> tell(JobReport report) {
      return report.finished(result);
    }
  }

  /** It could not be carried out. */
  record Failed(String why, boolean retry) implements AttemptEnd {
    /** Longest reason: a user reads it. */
    static final int MAX_WHY_CHARS = 2000;

    public Failed {
      why = why.length() <= MAX_WHY_CHARS ? why : why.substring(0, MAX_WHY_CHARS - 1) + "…";
    }

    @Override
    public CompletionStage<Boolean> tell(JobReport report) {
      return report.failed(why, retry);
    }
  }
}

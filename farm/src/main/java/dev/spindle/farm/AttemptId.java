// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * One assignment of one job to one worker.
 *
 * <p>The attempt number rises with every assignment and fences off its predecessors: a report that
 * carries an old number is refused.
 *
 * @param job the job
 * @param attempt at least 1
 */
public record AttemptId(JobId job, int attempt) {
  public AttemptId {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt + ": attempts start at 1");
    }
  }

  public static AttemptId of(long job, int attempt) {
    return new AttemptId(new JobId(job), attempt);
  }

  @Override
  public String toString() {
    return job + "/" + attempt;
  }
}

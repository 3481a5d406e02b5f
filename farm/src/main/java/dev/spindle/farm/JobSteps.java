// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a job becomes: pure functions from one record to the next, as {@link JobState} allows. */
final class JobSteps {
  private JobSteps() {}

  static Job assigned(Job job, int attempt, WorkerName worker) {
    return next(job, JobState.ASSIGNED, attempt, Optional.of(worker), job.attempts());
  }

  /** An assignment was taken back that had not started. */
  static Job withdrawn(Job job) {
    return next(job, JobState.QUEUED, job.attempt(), Optional.empty(), job.attempts());
  }

  static Job started(Job job, Instant at) {
    var attempts = new ArrayList<>(job.attempts());
    attempts.add(Attempt.started(job.attempt(), job.worker().orElseThrow(), at));
    return next(job, JobState.RUNNING, job.attempt(), job.worker(), attempts);
  }

  /** The attempt that runs delivered outputs. */
  static Job delivered(Job job, List<StoredFile> files) {
    var attempts = new ArrayList<>(job.attempts());
    int last = attempts.size() - 1;
    attempts.set(last, running(job).orElseThrow().delivered(files));
    return new Job(
        job.id(),
        job.spec(),
        job.state(),
        job.attempt(),
        job.worker(),
        job.submittedAt(),
        attempts,
        Optional.empty());
  }

  /** What the attempt that runs has delivered, if one runs. */
  static List<StoredFile> outputs(Job job) {
    return running(job).map(Attempt::outputs).orElse(List.of());
  }

  private static Optional<Attempt> running(Job job) {
    return job.state() == JobState.RUNNING
        ? Optional.of(job.attempts().get(job.attempts().size() - 1))
        : Optional.empty();
  }

  /** An attempt ended without a result: another may start, or all are spent. */
  static Job interrupted(Job job, Instant at, String outcome) {
    List<Attempt> attempts = attemptsEnded(job, at, outcome);
    if (attempts.size() < job.spec().maxAttempts()) {
      return next(job, JobState.QUEUED, job.attempt(), Optional.empty(), attempts);
    }
    var end = new JobEnd(at, Optional.empty(), Outcomes.spent(attempts), outputs(job));
    return ended(job, JobState.FAILED, outcome, end);
  }

  /**
   * A final state.
   *
   * @param outcome what is recorded of a running attempt
   */
  static Job ended(Job job, JobState to, String outcome, JobEnd end) {
    refuseForbidden(job, to);
    return new Job(
        job.id(),
        job.spec(),
        to,
        job.attempt(),
        Optional.empty(),
        job.submittedAt(),
        attemptsEnded(job, end.at(), outcome),
        Optional.of(end));
  }

  private static Job next(
      Job job, JobState to, int attempt, Optional<WorkerName> worker, List<Attempt> attempts) {
    refuseForbidden(job, to);
    return new Job(
        job.id(), job.spec(), to, attempt, worker, job.submittedAt(), attempts, Optional.empty());
  }

  private static void refuseForbidden(Job job, JobState to) {
    if (!job.state().next().contains(to)) {
      throw new IllegalStateException(
          "job " + job.id() + " is " + job.state() + " and cannot become " + to);
    }
  }

  private static List<Attempt> attemptsEnded(Job job, Instant at, String outcome) {
    if (job.state() != JobState.RUNNING) {
      return job.attempts();
    }
    var attempts = new ArrayList<>(job.attempts());
    int last = attempts.size() - 1;
    attempts.set(last, attempts.get(last).ended(at, outcome));
    return attempts;
  }
}

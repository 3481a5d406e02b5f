// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes what an attempt reports, and what a job becomes, durable and only then real. Memory follows
 * a commit that completed, and nothing else; a failed one leaves the job as it was. On the loop
 * only.
 */
final class Records {
  private final FarmLoop loop;
  private final Commits commits;
  private final JobTable jobs;
  private final ControllerSettings settings;

  Records(FarmLoop loop, Commits commits, JobTable jobs, ControllerSettings settings) {
    this.loop = loop;
    this.commits = commits;
    this.jobs = jobs;
    this.settings = settings;
  }

  /** The worker starts an attempt, or says so again. */
  CompletionStage<Boolean> started(LiveJob job, LiveAttempt attempt) {
    return job.turns(settings.maxWaitingCalls()).take(() -> start(job, attempt));
  }

  private CompletionStage<Boolean> start(LiveJob job, LiveAttempt attempt) {
    return job.has(attempt)
        ? ensureStarted(job).thenApply(started -> true)
        : CompletableFuture.completedStage(false);
  }

  /**
   * An output is said to be in. The depot is asked before the job's turn: it may take its time, and
   * nothing is decided by its word alone.
   */
  CompletionStage<Boolean> delivered(LiveJob job, LiveAttempt attempt, FileName output) {
    return attempt
        .files()
        .find(output, JobSteps.outputs(job.record()))
        .thenCompose(
            found ->
                found
                    .map(file -> delivered(job, attempt, file))
                    .orElseGet(() -> CompletableFuture.completedStage(false)));
  }

  private CompletionStage<Boolean> delivered(LiveJob job, LiveAttempt attempt, StoredFile file) {
    return job.turns(settings.maxWaitingCalls()).take(() -> keep(job, attempt, file));
  }

  private CompletionStage<Boolean> keep(LiveJob job, LiveAttempt attempt, StoredFile file) {
    if (!job.has(attempt) || !attempt.files().isOffered(file)) {
      return CompletableFuture.completedStage(false);
    }
    if (JobSteps.outputs(job.record()).contains(file)) {
      return CompletableFuture.completedStage(true);
    }
    return ensureStarted(job)
        .thenCompose(started -> amend(job, JobSteps.delivered(started, List.of(file))))
        .thenApply(done -> true);
  }

  /** In the job's turn: has the present attempt on record as started, whether it said so or not. */
  CompletionStage<Job> ensureStarted(LiveJob job) {
    return job.state() == JobState.RUNNING
        ? CompletableFuture.completedStage(job.record())
        : become(job, JobSteps.started(job.record(), loop.now()));
  }

  /** In the job's turn: its next state. */
  CompletionStage<Job> become(LiveJob job, Job next) {
    return write(next)
        .thenApply(
            done -> {
              jobs.become(job, next);
              return next;
            });
  }

  /** More of the state that it is in. */
  private CompletionStage<Void> amend(LiveJob job, Job next) {
    return write(next).thenAccept(done -> jobs.amend(job, next));
  }

  private CompletionStage<Void> write(Job job) {
    return commits.commit(new StoreChange.PutJob(job));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and ends attempts, and records what they deliver between: every change of a job that must
 * be on disk before it is so. Memory follows a commit that completed, and nothing else; a failed
 * one leaves the job as it was. On the loop only.
 */
final class Endings {
  private static final Logger log = LoggerFactory.getLogger(Endings.class);

  private final FarmLoop loop;
  private final Desk desk;
  private final Commits commits;
  private final JobStore store;
  private final JobTable jobs;
  private final ControllerSettings settings;

  Endings(
      FarmLoop loop,
      Desk desk,
      Commits commits,
      JobStore store,
      JobTable jobs,
      ControllerSettings settings) {
    this.loop = loop;
    this.desk = desk;
    this.commits = commits;
    this.store = store;
    this.jobs = jobs;
    this.settings = settings;
  }

  /** The worker starts an attempt, or says so again. */
  CompletionStage<Boolean> started(AttemptId id, FarmWorker worker) {
    return jobs.find(id.job())
        .map(job -> turns(job).take(() -> start(job, id, worker)))
        .orElseGet(() -> CompletableFuture.completedStage(false));
  }

  private CompletionStage<Boolean> start(LiveJob job, AttemptId id, FarmWorker worker) {
    if (job.attempt(id, worker).isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    return ensureStarted(job).thenApply(record -> true);
  }

  private CompletionStage<Job> ensureStarted(LiveJob job) {
    return job.state() == JobState.RUNNING
        ? CompletableFuture.completedStage(job.record())
        : record(job, JobSteps.started(job.record(), loop.now()));
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
                    .map(file -> turns(job).take(() -> keep(job, attempt, file)))
                    .orElseGet(() -> CompletableFuture.completedStage(false)));
  }

  private CompletionStage<Boolean> keep(LiveJob job, LiveAttempt attempt, StoredFile file) {
    if (!job.has(attempt) || !attempt.files().isOffered(file)) {
      return CompletableFuture.completedStage(false);
    }
    if (JobSteps.outputs(job.record()).contains(file)) {
      return CompletableFuture.completedStage(true);
    }
    return ensureStarted(job)
        .thenCompose(
            started -> {
              Job next = JobSteps.delivered(job.record(), List.of(file));
              return commits
                  .commit(new StoreChange.PutJob(next))
                  .thenAccept(done -> jobs.amend(job, next));
            })
        .thenApply(done -> true);
  }

  /** The command of an attempt ended by itself. */
  CompletionStage<Boolean> finished(AttemptId id, FarmWorker worker, JobResult result) {
    return end(
        id,
        worker,
        Outcomes.exit(result),
        (job, attempt) ->
            attempt
                .files()
                .findRest(JobSteps.outputs(job.record()))
                .thenApply(rest -> JobSteps.delivered(job.record(), rest))
                .thenApply(complete -> concluded(complete, attempt.files(), result))
                .thenCompose(next -> record(job, next)));
  }

  private Job concluded(Job job, AttemptFiles files, JobResult result) {
    List<StoredFile> outputs = JobSteps.outputs(job);
    Optional<FileName> missing = files.missing(outputs);
    String outcome = Outcomes.exit(result);
    if (result.exit() != 0) {
      var end = new JobEnd(loop.now(), Optional.of(result), outcome, outputs);
      return JobSteps.ended(job, JobState.FAILED, outcome, end);
    }
    if (missing.isPresent()) {
      String lacks = Outcomes.undelivered(result, "'" + missing.get() + "' was not delivered");
      return JobSteps.interrupted(job, loop.now(), lacks);
    }
    if (outputs.isEmpty() && !job.spec().outputs().isEmpty()) {
      String lacks = Outcomes.undelivered(result, "none of its outputs was delivered");
      return JobSteps.interrupted(job, loop.now(), lacks);
    }
    var end = new JobEnd(loop.now(), Optional.of(result), "", outputs);
    return JobSteps.ended(job, JobState.SUCCEEDED, outcome, end);
  }

  /** An attempt could not be carried out. */
  CompletionStage<Boolean> failed(AttemptId id, FarmWorker worker, String why, boolean retry) {
    String outcome = Outcomes.failed(why);
    return end(
        id,
        worker,
        outcome,
        (job, attempt) -> {
          if (retry) {
            return interrupt(job, attempt, outcome);
          }
          String reason = Outcomes.cut(why, Outcomes.MAX_REASON_LENGTH);
          List<StoredFile> outputs = JobSteps.outputs(job.record());
          var end = new JobEnd(loop.now(), Optional.empty(), reason, outputs);
          return record(job, JobSteps.ended(job.record(), JobState.FAILED, outcome, end));
        });
  }

  /**
   * Ends an attempt, once its log is on disk. An attempt that never said that it started counts as
   * started now, so that one which fails on its way there spends an attempt too.
   */
  private CompletionStage<Boolean> end(
      AttemptId id,
      FarmWorker worker,
      String outcome,
      BiFunction<LiveJob, LiveAttempt, CompletionStage<Job>> conclude) {
    worker.stopped(id); // whatever the answer will be: nothing of it runs any more
    Optional<LiveJob> known = jobs.find(id.job());
    if (known.isEmpty()) {
      return stored(id.job())
          .thenApply(job -> job.filter(j -> ended(j, id, worker, outcome)).isPresent());
    }
    LiveJob job = known.get();
    return turns(job)
        .take(
            () -> {
              Optional<LiveAttempt> present = job.attempt(id, worker);
              if (present.isEmpty()) {
                return CompletableFuture.completedStage(ended(job.record(), id, worker, outcome));
              }
              return ensureStarted(job)
                  .thenCompose(started -> job.logSettled())
                  .thenCompose(logged -> conclude.apply(job, present.get()))
                  .thenApply(done -> true);
            });
  }

  /** Whether this very end is on record: the worker missed the answer and says it again. */
  private static boolean ended(Job job, AttemptId id, FarmWorker worker, String outcome) {
    return job.attempts().stream()
        .filter(a -> a.number() == id.attempt() && a.worker().equals(worker.name()))
        .anyMatch(a -> a.outcome().filter(known -> Outcomes.same(known, outcome)).isPresent());
  }

  /** An attempt is known or presumed dead. Tries again while the store fails. */
  void lose(LiveJob job, LiveAttempt attempt, String why) {
    attempt.lose(why);
    job.turns()
        .take(() -> takeAway(job, attempt))
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                log.warn("job {} still waits for {}", job.id(), attempt.worker().name());
                desk.after(settings.storeRetry(), () -> loseAgain(job, attempt));
              }
            });
  }

  private void loseAgain(LiveJob job, LiveAttempt attempt) {
    attempt.lost().ifPresent(why -> lose(job, attempt, why));
  }

  private CompletionStage<Job> takeAway(LiveJob job, LiveAttempt attempt) {
    Optional<String> why = attempt.lost();
    if (!job.has(attempt) || why.isEmpty() || job.state() != JobState.RUNNING) {
      return CompletableFuture.completedStage(job.record());
    }
    return interrupt(job, attempt, Outcomes.lost(why.get()));
  }

  /** Ends an attempt without its command's doing, which counts against its worker. */
  private CompletionStage<Job> interrupt(LiveJob job, LiveAttempt attempt, String outcome) {
    return record(job, JobSteps.interrupted(job.record(), loop.now(), outcome))
        .thenApply(
            next -> {
              attempt.worker().reliability().strike(loop.nanoTime());
              return next;
            });
  }

  /** A user ends a job wherever it is. */
  CompletionStage<Job> cancel(JobId id, String why) {
    return jobs.find(id)
        .map(job -> turns(job).take(() -> cancel(job, why)))
        .orElseGet(() -> stored(id).thenApply(job -> ended(id, job)));
  }

  /** A job that the store knows but the table does not is either at its end or not yet taken. */
  private static Job ended(JobId id, Optional<Job> stored) {
    return stored
        .filter(job -> job.state().isFinal())
        .orElseThrow(
            () -> new FarmException(FarmException.Code.NO_SUCH_JOB, "there is no job " + id));
  }

  private CompletionStage<Job> cancel(LiveJob job, String why) {
    if (job.state().isFinal()) {
      return CompletableFuture.completedStage(job.record());
    }
    Optional<LiveAttempt> attempt = job.attempt();
    boolean running = job.state() == JobState.RUNNING;
    var outputs = JobSteps.outputs(job.record());
    var reason = Outcomes.cut(why, Outcomes.MAX_REASON_LENGTH);
    var end = new JobEnd(loop.now(), Optional.empty(), reason, outputs);
    Job next = JobSteps.ended(job.record(), JobState.CANCELLED, Outcomes.cancelled(why), end);
    return record(job, next)
        .thenApply(
            done -> {
              attempt.ifPresent(a -> tellCancelled(a, running, reason));
              return done;
            });
  }

  private static void tellCancelled(LiveAttempt attempt, boolean running, String why) {
    if (running) {
      attempt.worker().stop(attempt.id(), "cancelled: " + why);
    } else {
      attempt.worker().attachment().ifPresent(at -> at.connection().withdraw(attempt.id()));
    }
  }

  private Turns turns(LiveJob job) {
    return job.turns(settings.maxWaitingCalls());
  }

  private CompletionStage<Optional<Job>> stored(JobId id) {
    return desk.onLoop(Desk.attempt(() -> store.job(id)));
  }

  /** Makes the next state durable, and only then real. */
  private CompletionStage<Job> record(LiveJob job, Job next) {
    return commits
        .commit(new StoreChange.PutJob(next))
        .thenApply(
            done -> {
              jobs.become(job, next);
              return next;
            });
  }
}

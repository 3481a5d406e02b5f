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
 * Ends attempts, and with some their jobs: as their workers report, when a worker is lost, and when
 * a user cancels. Decides what becomes of the job, which {@link Records} then makes so. On the loop
 * only.
 */
final class Endings {
  private static final Logger log = LoggerFactory.getLogger(Endings.class);

  private final FarmLoop loop;
  private final Desk desk;
  private final JobStore store;
  private final JobTable jobs;
  private final Records records;
  private final ControllerSettings settings;

  Endings(
      FarmLoop loop,
      Desk desk,
      JobStore store,
      JobTable jobs,
      Records records,
      ControllerSettings settings) {
    this.loop = loop;
    this.desk = desk;
    this.store = store;
    this.jobs = jobs;
    this.records = records;
    this.settings = settings;
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
                .thenCompose(next -> records.become(job, next)));
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
          return records.become(job, JobSteps.ended(job.record(), JobState.FAILED, outcome, end));
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
              return records
                  .ensureStarted(job)
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
                log.warn(
                    "job {} still waits for {}: {}",
                    job.id(),
                    attempt.worker().name(),
                    Desk.cause(error).getMessage());
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
    return records
        .become(job, JobSteps.interrupted(job.record(), loop.now(), outcome))
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
    String outcome = Outcomes.cancelled(why);
    Job next = JobSteps.ended(job.record(), JobState.CANCELLED, outcome, end);
    return records
        .become(job, next)
        .thenApply(
            done -> {
              attempt.ifPresent(a -> tellCancelled(a, running, outcome));
              return done;
            });
  }

  private static void tellCancelled(LiveAttempt attempt, boolean running, String outcome) {
    if (running) {
      attempt.worker().stop(attempt.id(), outcome);
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
}

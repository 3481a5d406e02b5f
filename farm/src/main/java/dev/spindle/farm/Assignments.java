// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives jobs to workers and takes them back before they have started: all that the farm decides
 * without the disk. On the loop only.
 */
final class Assignments {
  private static final Logger log = LoggerFactory.getLogger(Assignments.class);

  private final FarmLoop loop;
  private final Desk desk;
  private final Depot depot;
  private final ControllerSettings settings;
  private final JobTable jobs;
  private final BiFunction<AttemptId, FarmWorker, JobReport> reports;
  private final Runnable wake;

  Assignments(
      FarmLoop loop,
      Desk desk,
      Depot depot,
      ControllerSettings settings,
      JobTable jobs,
      BiFunction<AttemptId, FarmWorker, JobReport> reports,
      Runnable wake) {
    this.loop = loop;
    this.desk = desk;
    this.depot = depot;
    this.settings = settings;
    this.jobs = jobs;
    this.reports = reports;
    this.wake = wake;
  }

  /** Puts a waiting job into a worker's queue, under a new attempt number. */
  void assign(LiveJob job, FarmWorker worker) {
    int number = job.record().attempt() + 1;
    LiveAttempt attempt = hold(job, worker, number);
    jobs.become(job, JobSteps.assigned(job.record(), number, worker.name()));
    worker.attachment().ifPresent(at -> handOver(job, attempt, at));
  }

  /** Takes up an attempt that ran when the controller ended. */
  void adopt(LiveJob job, FarmWorker worker) {
    LiveAttempt attempt = hold(job, worker, job.record().attempt());
    attempt.files().recall(JobSteps.outputs(job.record()));
    worker.expect();
  }

  private LiveAttempt hold(LiveJob job, FarmWorker worker, int number) {
    var id = new AttemptId(job.id(), number);
    var files = new AttemptFiles(depot, desk, settings, id);
    var attempt =
        new LiveAttempt(id, worker, files, new LogBudget(settings.maxLogBytesPerAttempt()));
    job.attempt(attempt);
    worker.hold(id, job);
    return attempt;
  }

  private void handOver(LiveJob job, LiveAttempt attempt, Attachment at) {
    var assignment = new Assignment(attempt.id(), job.record().spec(), settings.lease());
    JobReport report = reports.apply(attempt.id(), attempt.worker());
    desk.onLoop(Desk.attempt(() -> at.connection().start(assignment, report)))
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                at.worker().reliability().handedOver(loop.nanoTime());
              } else if (at.isPresent()) {
                notHandedOver(job, attempt, at, Desk.cause(error));
              }
            });
  }

  private void notHandedOver(LiveJob job, LiveAttempt attempt, Attachment at, Throwable error) {
    FarmWorker worker = at.worker();
    long now = loop.nanoTime();
    worker.reliability().strike(now);
    Duration pause = worker.reliability().pause(now);
    desk.after(pause, wake);
    log.warn(
        "attempt {} could not be handed to {}, which gets nothing new for {} s: {}",
        attempt.id(),
        worker.name(),
        pause.toSeconds(),
        error.getMessage());
    whenStill(
        job,
        attempt,
        () -> {
          if (job.state() == JobState.ASSIGNED) {
            withdraw(job);
          } else {
            // It runs on without a handle to report by: a new connection brings a new one.
            at.connection().close("attempt " + attempt.id() + " could not be handed over again");
          }
        });
  }

  /** Takes a waiting job from its worker, and tells that. */
  void withdraw(LiveJob job) {
    LiveAttempt attempt = job.attempt().orElseThrow();
    release(job);
    attempt.worker().attachment().ifPresent(at -> at.connection().withdraw(attempt.id()));
  }

  private void release(LiveJob job) {
    jobs.become(job, JobSteps.withdrawn(job.record()));
  }

  /** Takes everything from a worker that it has not started. */
  void releaseWaiting(FarmWorker worker) {
    for (LiveJob job : worker.jobs()) {
      LiveAttempt attempt = job.attempt().orElseThrow();
      whenStill(
          job,
          attempt,
          () -> {
            if (job.state() == JobState.ASSIGNED) {
              release(job);
            }
          });
    }
  }

  /**
   * Gives a worker that is back a new handle to an attempt that it still runs.
   *
   * @return completes when it has it, or cannot have it any more
   */
  CompletionStage<Void> proceed(LiveJob job, LiveAttempt attempt, Attachment at) {
    CompletionStage<Boolean> still =
        whenStill(
            job,
            attempt,
            () -> {
              if (at.isPresent()) {
                attempt.found();
                handOver(job, attempt, at);
              }
            });
    return still.thenAccept(
        valid -> {
          if (!valid && at.isPresent()) {
            at.worker().stop(attempt.id(), "the attempt is no longer valid");
          }
        });
  }

  /** The worker gives back what it has not started: it goes elsewhere for a while. */
  CompletionStage<Boolean> refuse(LiveJob job, LiveAttempt attempt, String why) {
    return whenStill(
        job.turns(settings.maxWaitingCalls()),
        job,
        attempt,
        () -> {
          if (job.state() != JobState.ASSIGNED) {
            throw new FarmException(
                FarmException.Code.INVALID,
                "attempt " + attempt.id() + " has started and cannot be given back");
          }
          WorkerName worker = attempt.worker().name();
          log.info(
              "{} gave back attempt {}: {}",
              worker,
              attempt.id(),
              Outcomes.cut(why, Outcomes.MAX_REASON_LENGTH));
          job.refusedBy(worker, true);
          release(job);
          desk.after(settings.refusalPause(), () -> forgive(job, worker));
        });
  }

  private void forgive(LiveJob job, WorkerName worker) {
    job.refusedBy(worker, false);
    jobs.refresh(job);
  }

  /** Acts in the job's turn if the attempt is present then; answers whether it was. */
  private static CompletionStage<Boolean> whenStill(
      LiveJob job, LiveAttempt attempt, Runnable action) {
    return whenStill(job.turns(), job, attempt, action);
  }

  private static CompletionStage<Boolean> whenStill(
      Turns turns, LiveJob job, LiveAttempt attempt, Runnable action) {
    return turns.take(
        () -> {
          boolean still = job.has(attempt);
          if (still) {
            action.run();
          }
          return CompletableFuture.completedStage(still);
        });
  }
}

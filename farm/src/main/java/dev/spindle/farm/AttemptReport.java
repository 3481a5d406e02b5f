// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Brings a worker's reports of one attempt onto the loop, and refuses those of an old one. */
final class AttemptReport implements JobReport {
  /** Longest progress text that is shown, in characters. */
  static final int MAX_PROGRESS_LENGTH = 500;

  private final AttemptId id;
  private final FarmWorker worker;
  private final Office office;

  /** What reports are passed on to. */
  record Office(
      FarmLoop loop,
      Desk desk,
      ControllerSettings settings,
      JobTable jobs,
      Commits commits,
      Events events,
      Assignments assignments,
      Records records,
      Endings endings) {}

  AttemptReport(AttemptId id, FarmWorker worker, Office office) {
    this.id = id;
    this.worker = worker;
    this.office = office;
  }

  @Override
  public CompletionStage<Grant> fetch(FileName input) {
    return ask(
        this::stale,
        (job, attempt) -> completed(attempt.files().fetch(job.record().spec(), input)));
  }

  @Override
  public CompletionStage<Grant> offer(FileName output, long size, Sha256 sha256) {
    return ask(
        this::stale, (job, attempt) -> completed(attempt.files().offer(output, size, sha256)));
  }

  private <T> CompletionStage<T> stale() {
    throw new FarmException(
        FarmException.Code.STALE,
        "attempt " + id + " of " + worker.name() + " is no longer valid: drop the job");
  }

  @Override
  public CompletionStage<Boolean> delivered(FileName output) {
    return ask(AttemptReport::no, (job, attempt) -> office.records.delivered(job, attempt, output));
  }

  @Override
  public CompletionStage<Boolean> started() {
    return ask(AttemptReport::no, (job, attempt) -> office.records.started(job, attempt));
  }

  @Override
  public CompletionStage<Boolean> progress(OptionalDouble percent, String text) {
    return ask(
        AttemptReport::no,
        (job, attempt) -> {
          if (percent.isPresent()
              && !(percent.getAsDouble() >= 0 && percent.getAsDouble() <= 100)) {
            throw new FarmException(
                FarmException.Code.INVALID,
                "progress " + percent.getAsDouble() + " of attempt " + id + ": expected 0 to 100");
          }
          String shown = Outcomes.cut(text, MAX_PROGRESS_LENGTH);
          office.events.emit(new FarmEvent.JobProgressed(id, percent, shown));
          return completed(true);
        });
  }

  @Override
  public CompletionStage<Boolean> log(LogStream stream, String text) {
    return ask(
        AttemptReport::no,
        (job, attempt) ->
            job.log(this::newLog)
                .append(id, attempt.logBudget(), stream, text)
                .thenApply(written -> true));
  }

  private JobLog newLog(long lastSequence) {
    return new JobLog(
        office.loop,
        office.commits,
        office.events,
        office.settings.maxUnwrittenLogBytes(),
        lastSequence);
  }

  @Override
  public CompletionStage<Boolean> finished(JobResult result) {
    return ask(() -> office.endings.finished(id, worker, result));
  }

  @Override
  public CompletionStage<Boolean> failed(String why, boolean retry) {
    return ask(() -> office.endings.failed(id, worker, why, retry));
  }

  @Override
  public CompletionStage<Boolean> refuse(String why) {
    return ask(AttemptReport::no, (job, attempt) -> office.assignments.refuse(job, attempt, why));
  }

  /** Asks of the attempt while it is the present one, and otherwise answers what stale ones get. */
  private <T> CompletionStage<T> ask(
      Supplier<CompletionStage<T>> stale,
      BiFunction<LiveJob, LiveAttempt, CompletionStage<T>> question) {
    return ask(
        () -> {
          Optional<LiveJob> job = office.jobs.find(id.job());
          return job.flatMap(j -> j.attempt(id, worker))
              .map(attempt -> question.apply(job.get(), attempt))
              .orElseGet(stale);
        });
  }

  private <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
    return office.desk.ask(
        () -> {
          worker.seen();
          return question.get();
        });
  }

  private static <T> CompletionStage<T> completed(T value) {
    return CompletableFuture.completedStage(value);
  }

  private static CompletionStage<Boolean> no() {
    return completed(false);
  }
}

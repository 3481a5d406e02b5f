// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import dev.spindle.forms.Dict;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.GrantForm;
import dev.spindle.forms.ResultForm;
import dev.spindle.forms.SpecForm;
import dev.spindle.forms.StatusForm;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's {@code HBJob}, as the worker's {@link JobReport}. Thread: any. */
final class RemoteJob implements JobReport {
  private static final Duration LEASE_WHEN_UNTOLD = Duration.ofSeconds(60);

  private final RemoteReference job;
  private final RemoteReference queue;
  private final Calls calls;

  /** What is learned from calls, beyond their answers. */
  interface Calls {

    /** The clock of {@link #answered}. */
    long now();

    /**
     * The controller answered.
     *
     * @param askedAt when it was called
     */
    void answered(long askedAt);

    /** The controller cannot take calls now: they are to be made again on another connection. */
    void failed(String why);
  }

  RemoteJob(RemoteReference job, RemoteReference queue, Calls calls) {
    this.job = job;
    this.queue = queue;
    this.calls = calls;
  }

  /** Asks what is to be done. */
  CompletionStage<Assignment> describe() {
    return ask(RemoteJob::assignment, "describe");
  }

  private static Assignment assignment(@Nullable Object description) {
    Dict dict = Dict.of("job", description);
    AttemptId id =
        dict.checked(() -> AttemptId.of(dict.integer("id"), dict.smallInteger("attempt")));
    return new Assignment(
        id, SpecForm.read(description), dict.optionalSeconds("lease").orElse(LEASE_WHEN_UNTOLD));
  }

  @Override
  public CompletionStage<Grant> fetch(FileName input) {
    return ask(grant -> GrantForm.read(input, grant), "fetch", input.value());
  }

  @Override
  public CompletionStage<Grant> offer(FileName output, long size, Sha256 sha256) {
    return ask(grant -> GrantForm.read(output, grant), "offer", output.value(), size, sha256.hex());
  }

  @Override
  public CompletionStage<Boolean> delivered(FileName output) {
    return ask(Boolean.TRUE::equals, "delivered", output.value());
  }

  @Override
  public CompletionStage<Boolean> started() {
    return ask(Boolean.TRUE::equals, "started");
  }

  @Override
  public CompletionStage<Boolean> progress(OptionalDouble percent, String text) {
    return ask(Boolean.TRUE::equals, "progress", StatusForm.percent(percent), text);
  }

  @Override
  public CompletionStage<Boolean> log(LogStream stream, String text) {
    return ask(Boolean.TRUE::equals, "log", stream.wireName(), text);
  }

  @Override
  public CompletionStage<Boolean> finished(JobResult result) {
    return ask(Boolean.TRUE::equals, "finished", ResultForm.toDict(result));
  }

  @Override
  public CompletionStage<Boolean> failed(String why, boolean retry) {
    return ask(Boolean.TRUE::equals, "failed", why, retry);
  }

  @Override
  public CompletionStage<Boolean> refuse(String why) {
    return learned(
        calls.now(), FarmErrors.inward(queue.call("refuse", job, why), Boolean.TRUE::equals));
  }

  private <T> CompletionStage<T> ask(
      Function<@Nullable Object, T> reader, String method, @Nullable Object... args) {
    return learned(calls.now(), FarmErrors.inward(job.call(method, args), reader));
  }

  private <T> CompletionStage<T> learned(long askedAt, CompletionStage<T> answer) {
    answer.whenComplete(
        (value, error) -> {
          if (error == null) {
            calls.answered(askedAt);
          } else if (isUnavailable(error)) {
            calls.failed(String.valueOf(FarmErrors.fromPb(error).getMessage()));
          }
        });
    return answer;
  }

  static boolean isUnavailable(Throwable error) {
    return FarmErrors.fromPb(error).code() == FarmException.Code.UNAVAILABLE;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The farm's side of an assignment: writes down every call, and answers as told. */
final class RecordingReport implements JobReport {
  static final Sha256 HASH = new Sha256("a".repeat(64));
  static final String PASSWORD = "grant-secret-4711";

  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile boolean valid = true;
  volatile FarmException.@Nullable Code refusal;

  private <T> CompletionStage<T> answer(String call, T value) {
    calls.add(call);
    FarmException.Code code = refusal;
    return code == null
        ? CompletableFuture.completedFuture(value)
        : CompletableFuture.failedFuture(new FarmException(code, "refused: " + call));
  }

  private CompletionStage<Boolean> answer(String call) {
    return answer(call, valid);
  }

  private static Grant grant(FileName name, long size, String user) {
    var file = new StoredFile(name, Math.max(0, size), HASH, "m");
    return new Grant("", 2121, true, user, PASSWORD, "/p", file, Duration.ofMinutes(5), 3);
  }

  @Override
  public CompletionStage<Grant> fetch(FileName input) {
    return answer("fetch " + input, grant(input, 10, "reader"));
  }

  @Override
  public CompletionStage<Grant> offer(FileName output, long size, Sha256 sha256) {
    return answer("offer " + output + " " + size, grant(output, size, "writer"));
  }

  @Override
  public CompletionStage<Boolean> delivered(FileName output) {
    return answer("delivered " + output);
  }

  @Override
  public CompletionStage<Boolean> started() {
    return answer("started");
  }

  @Override
  public CompletionStage<Boolean> progress(OptionalDouble percent, String text) {
    String shown = percent.isPresent() ? Double.toString(percent.getAsDouble()) : "none";
    return answer("progress " + shown + " " + text);
  }

  @Override
  public CompletionStage<Boolean> log(LogStream stream, String text) {
    return answer("log " + stream.wireName() + " " + text);
  }

  @Override
  public CompletionStage<Boolean> finished(JobResult result) {
    return answer("finished " + result.exit() + " " + result.elapsed());
  }

  @Override
  public CompletionStage<Boolean> failed(String why, boolean retry) {
    return answer("failed " + why + " " + retry);
  }

  @Override
  public CompletionStage<Boolean> refuse(String why) {
    return answer("refuse " + why);
  }
}

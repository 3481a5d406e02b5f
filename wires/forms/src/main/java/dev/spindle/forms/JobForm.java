// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobState;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code {id, state, spec, attempt, worker, submitted_at, attempts: [{number, worker, started_at,
 * ended_at, outcome, outputs}], end: {at, exit, elapsed, reason, outputs}}}. States are in lower
 * case; times are seconds since 1970; outputs are lists of files, of an attempt those that it has
 * delivered so far.
 */
public final class JobForm {
  private JobForm() {}

  public static Map<String, @Nullable Object> toDict(Job job) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("id", job.id().number());
    dict.put("state", stateName(job.state()));
    dict.put("spec", SpecForm.toDict(job.spec()));
    dict.put("attempt", job.attempt());
    dict.put("worker", job.worker().map(WorkerName::value).orElse(null));
    dict.put("submitted_at", Seconds.of(job.submittedAt()));
    dict.put("attempts", new ArrayList<>(job.attempts().stream().map(JobForm::attempt).toList()));
    dict.put("end", job.end().map(JobForm::end).orElse(null));
    return dict;
  }

  private static Map<String, @Nullable Object> attempt(Attempt attempt) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("number", attempt.number());
    dict.put("worker", attempt.worker().value());
    dict.put("started_at", Seconds.of(attempt.startedAt()));
    dict.put("ended_at", attempt.endedAt().map(Seconds::of).orElse(null));
    dict.put("outcome", attempt.outcome().orElse(null));
    dict.put("outputs", files(attempt.outputs()));
    return dict;
  }

  private static Map<String, @Nullable Object> end(JobEnd end) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("at", Seconds.of(end.at()));
    dict.put("exit", end.result().map(JobResult::exit).orElse(null));
    dict.put("elapsed", end.result().map(result -> Seconds.of(result.elapsed())).orElse(null));
    dict.put("reason", end.reason());
    dict.put("outputs", files(end.outputs()));
    return dict;
  }

  private static List<Object> files(List<StoredFile> files) {
    return new ArrayList<>(files.stream().map(FileForm::toDict).toList());
  }

  /** The state's name for people and programs. */
  public static String stateName(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a state by its name.
   *
   * @throws IllegalArgumentException naming the text and all states
   */
  public static JobState state(String name) {
    for (JobState state : JobState.values()) {
      if (stateName(state).equals(name)) {
        return state;
      }
    }
    List<String> names =
        java.util.Arrays.stream(JobState.values()).map(JobForm::stateName).toList();
    throw new IllegalArgumentException(
        "'" + name + "' is not a state: expected " + String.join(", ", names));
  }

  public static Job read(@Nullable Object value) {
    Dict dict = Dict.of("job", value);
    return dict.checked(
        () ->
            new Job(
                new JobId(dict.integer("id")),
                SpecForm.read(dict.value("spec")),
                dict.parsed("state", JobForm::state),
                dict.smallInteger("attempt"),
                dict.optionalText("worker").map(WorkerName::new),
                dict.instant("submitted_at"),
                dict.list("attempts", JobForm::readAttempt),
                Optional.ofNullable(dict.value("end")).map(JobForm::readEnd)));
  }

  private static Attempt readAttempt(@Nullable Object value) {
    Dict dict = Dict.of("attempt", value);
    return new Attempt(
        dict.smallInteger("number"),
        dict.parsed("worker", WorkerName::new),
        dict.instant("started_at"),
        dict.optionalInstant("ended_at"),
        dict.optionalText("outcome"),
        dict.list("outputs", FileForm::read));
  }

  private static JobEnd readEnd(Object value) {
    Dict dict = Dict.of("end", value);
    Optional<JobResult> result =
        dict.optionalSmallInteger("exit")
            .map(
                exit -> new JobResult(exit, dict.optionalSeconds("elapsed").orElse(Duration.ZERO)));
    return new JobEnd(
        dict.instant("at"),
        result,
        dict.optionalText("reason").orElse(""),
        dict.list("outputs", FileForm::read));
  }
}

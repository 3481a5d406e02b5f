// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.WorkerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** {@code {running: [{id, attempt, percent, elapsed}], load, free_disk}}. */
public final class StatusForm {
  private StatusForm() {}

  public static Map<String, @Nullable Object> toDict(WorkerStatus status) {
    List<Map<String, @Nullable Object>> running = new ArrayList<>();
    for (WorkerStatus.Running one : status.running()) {
      Map<String, @Nullable Object> dict = new LinkedHashMap<>();
      dict.put("id", one.attempt().job().number());
      dict.put("attempt", one.attempt().attempt());
      dict.put("percent", percent(one.percent()));
      dict.put("elapsed", Seconds.of(one.elapsed()));
      running.add(dict);
    }
    return Map.of("running", running, "load", status.load(), "free_disk", status.freeDiskBytes());
  }

  /** A percentage or None. */
  public static @Nullable Object percent(OptionalDouble percent) {
    return percent.isPresent() ? (Object) percent.getAsDouble() : null;
  }

  /** Reads a percentage; what is below 0 or above 100 is brought to the nearer end. */
  public static OptionalDouble percent(Optional<Double> percent) {
    return percent.isPresent() && !percent.get().isNaN()
        ? OptionalDouble.of(Math.max(0, Math.min(100, percent.get())))
        : OptionalDouble.empty();
  }

  public static WorkerStatus read(@Nullable Object value) {
    Dict dict = Dict.of("status", value);
    return new WorkerStatus(
        dict.list("running", StatusForm::running),
        dict.optionalNumber("load").orElse(-1.0),
        dict.optionalInteger("free_disk").orElse(-1L));
  }

  private static WorkerStatus.Running running(@Nullable Object value) {
    Dict dict = Dict.of("running job", value);
    AttemptId attempt =
        dict.checked(() -> AttemptId.of(dict.integer("id"), dict.smallInteger("attempt")));
    return new WorkerStatus.Running(
        attempt,
        percent(dict.optionalNumber("percent")),
        dict.optionalSeconds("elapsed").orElse(Duration.ZERO));
  }
}

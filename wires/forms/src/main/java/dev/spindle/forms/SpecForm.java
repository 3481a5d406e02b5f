// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code {kind, args, priority, tags, timeout, max_time, exclusive, max_attempts, inputs,
 * outputs}}; for kind {@code shell} the args are {@code {command, env}}. Times are seconds or None.
 */
public final class SpecForm {
  private SpecForm() {}

  /** A new dictionary, to which the caller may add. */
  public static Map<String, @Nullable Object> toDict(JobSpec spec) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("kind", spec.work().kind());
    dict.put("args", args(spec.work()));
    dict.put("priority", spec.priority());
    dict.put("tags", new ArrayList<>(spec.tags()));
    dict.put("timeout", seconds(spec.timeout()));
    dict.put("max_time", seconds(spec.maxTime()));
    dict.put("exclusive", spec.exclusive());
    dict.put("max_attempts", spec.maxAttempts());
    dict.put("inputs", new ArrayList<>(spec.inputs().stream().map(FileForm::toDict).toList()));
    dict.put("outputs", new ArrayList<>(spec.outputs()));
    return dict;
  }

  private static Map<String, @Nullable Object> args(Work work) {
    ShellWork shell = (ShellWork) work;
    return Map.of(
        "command", new ArrayList<>(shell.command()), "env", Map.copyOf(shell.environment()));
  }

  private static @Nullable Object seconds(Optional<Duration> time) {
    return time.<Object>map(Seconds::of).orElse(null);
  }

  public static JobSpec read(@Nullable Object value) {
    Dict dict = Dict.of("job", value);
    return dict.checked(
        () ->
            new JobSpec(
                work(dict),
                dict.list("inputs", FileForm::read),
                dict.textList("outputs"),
                dict.optionalSmallInteger("priority").orElse(0),
                Set.copyOf(dict.textList("tags")),
                dict.optionalSeconds("timeout"),
                dict.optionalSeconds("max_time"),
                dict.truth("exclusive"),
                dict.optionalSmallInteger("max_attempts").orElse(JobSpec.DEFAULT_MAX_ATTEMPTS)));
  }

  private static Work work(Dict dict) {
    String kind = dict.text("kind");
    if (!kind.equals(ShellWork.KIND)) {
      throw Dict.invalid("job: unknown kind '" + kind + "': expected " + ShellWork.KIND);
    }
    Dict args = dict.dict("args");
    return new ShellWork(args.textList("command"), args.texts("env"));
  }
}

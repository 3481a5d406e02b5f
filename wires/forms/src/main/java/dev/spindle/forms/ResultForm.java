// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.JobResult;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {exit, elapsed}}. */
public final class ResultForm {
  private ResultForm() {}

  public static Map<String, @Nullable Object> toDict(JobResult result) {
    return Map.of("exit", result.exit(), "elapsed", Seconds.of(result.elapsed()));
  }

  public static JobResult read(@Nullable Object value) {
    Dict dict = Dict.of("result", value);
    return new JobResult(
        dict.smallInteger("exit"), dict.optionalSeconds("elapsed").orElse(Duration.ZERO));
  }
}

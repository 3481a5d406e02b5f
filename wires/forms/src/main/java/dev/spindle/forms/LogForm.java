// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobId;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {attempt, sequence, stream, at, text}}, within one job's log. */
public final class LogForm {
  private LogForm() {}

  public static Map<String, @Nullable Object> toDict(LogChunk chunk) {
    return Map.of(
        "attempt", chunk.attempt().attempt(),
        "sequence", chunk.sequence(),
        "stream", chunk.stream().wireName(),
        "at", Seconds.of(chunk.at()),
        "text", chunk.text());
  }

  public static LogChunk read(JobId job, @Nullable Object value) {
    Dict dict = Dict.of("log", value);
    return dict.checked(
        () ->
            new LogChunk(
                new AttemptId(job, dict.smallInteger("attempt")),
                dict.integer("sequence"),
                dict.parsed("stream", LogStream::of),
                dict.instant("at"),
                dict.text("text")));
  }
}

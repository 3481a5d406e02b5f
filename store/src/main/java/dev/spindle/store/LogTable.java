// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** One row a chunk of a job's log. A sequence number is used once. */
final class LogTable {
  private static final String APPEND =
      "INSERT INTO log (job, sequence, attempt, stream, at, text) VALUES (?, ?, ?, ?, ?, ?)";

  private static final String AFTER =
      """
      SELECT job, sequence, attempt, stream, at, text FROM log
      WHERE job = ? AND sequence > ? ORDER BY sequence LIMIT ?
      """;

  private static final String END = "SELECT max(sequence) FROM log WHERE job = ?";

  private final Handle handle;

  LogTable(Handle handle) {
    this.handle = handle;
  }

  void append(LogChunk chunk) {
    handle.execute(
        APPEND,
        chunk.attempt().job().number(),
        chunk.sequence(),
        chunk.attempt().attempt(),
        chunk.stream().wireName(),
        chunk.at().toString(),
        ExactText.toColumn(chunk.text()));
  }

  /** Oldest first. */
  List<LogChunk> after(JobId job, long sequence, int limit) {
    return handle.select(AFTER, job.number(), sequence, limit).map((row, c) -> chunk(row)).list();
  }

  /** The last sequence number of each of these jobs that has a log. */
  Map<JobId, Long> ends(List<Job> jobs) {
    Map<JobId, Long> ends = new HashMap<>();
    for (Job job : jobs) {
      long end = handle.select(END, job.id().number()).map((row, c) -> row.getLong(1)).one();
      if (end > 0) {
        ends.put(job.id(), end);
      }
    }
    return ends;
  }

  private static LogChunk chunk(ResultSet row) throws SQLException {
    return new LogChunk(
        AttemptId.of(row.getLong("job"), row.getInt("attempt")),
        row.getLong("sequence"),
        LogStream.of(row.getString("stream")),
        Instant.parse(row.getString("at")),
        ExactText.fromColumn(row.getObject("text")));
  }
}

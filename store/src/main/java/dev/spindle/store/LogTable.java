// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobId;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** One statement for all jobs: a look at an index each, where a million may wait. */
  private static final String ENDS =
      """
      SELECT id, (SELECT max(sequence) FROM log WHERE log.job = job.id) AS last FROM job
      WHERE last IS NOT NULL AND\s"""
          + JobTable.IS_UNFINISHED;

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

  /** The last sequence number of each unfinished job that has a log. */
  Map<JobId, Long> ends() {
    return handle
        .select(ENDS)
        .map((row, c) -> Map.entry(new JobId(row.getLong("id")), row.getLong("last")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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

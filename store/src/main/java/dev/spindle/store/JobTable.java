// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.JobState;
import dev.spindle.farm.WorkerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** One row a job. What queries look at has a column; the rest is {@link JobJson}. */
final class JobTable {
  private static final String PUT =
      """
      INSERT INTO job
        (id, state, priority, submitted_at, attempt, worker, spec, attempts, ending)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, priority = excluded.priority,
        submitted_at = excluded.submitted_at, attempt = excluded.attempt,
        worker = excluded.worker, spec = excluded.spec, attempts = excluded.attempts,
        ending = excluded.ending
      """;

  private static final String SELECT =
      """
      SELECT id, state, priority, submitted_at, attempt, worker, spec, attempts, ending
      FROM job
      """;

  private static final String FIND = SELECT + "WHERE id = ?";
  private static final String LIST = SELECT + "WHERE id < ? ORDER BY id DESC LIMIT ?";
  private static final String LIST_STATE =
      SELECT + "WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?";

  /** The condition under which a job has not ended. */
  static final String IS_UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(state -> !state.isFinal())
          .map(state -> "'" + state + "'")
          .collect(Collectors.joining(", ", "state IN (", ")"));

  /** Ids rise with time. */
  private static final String UNFINISHED = SELECT + "WHERE " + IS_UNFINISHED + " ORDER BY id";

  /** SQLite's own account of the highest id that was ever in the table. */
  private static final String LAST_ID = "SELECT seq FROM sqlite_sequence WHERE name = 'job'";

  private final Handle handle;

  JobTable(Handle handle) {
    this.handle = handle;
  }

  void put(Job job) {
    handle.execute(
        PUT,
        job.id().number(),
        job.state().name(),
        job.spec().priority(),
        job.submittedAt().toString(),
        job.attempt(),
        job.worker().map(WorkerName::value).orElse(null),
        Json.text(JobJson.write(job.spec())),
        Json.text(Json.array(job.attempts(), JobJson::write)),
        job.end().map(end -> Json.text(JobJson.write(end))).orElse(null));
  }

  Optional<Job> find(JobId id) {
    return handle.select(FIND, id.number()).map((row, c) -> job(row)).findOne();
  }

  /** Newest first. */
  List<Job> list(JobQuery query) {
    long before = query.before().map(JobId::number).orElse(Long.MAX_VALUE);
    return query
        .state()
        .map(state -> handle.select(LIST_STATE, state.name(), before, query.limit()))
        .orElseGet(() -> handle.select(LIST, before, query.limit()))
        .map((row, c) -> job(row))
        .list();
  }

  /** Oldest first. */
  List<Job> unfinished() {
    return handle.select(UNFINISHED).map((row, c) -> job(row)).list();
  }

  /** The highest id ever written, even if its job is gone; 0 when there was none. */
  long lastId() {
    return handle.select(LAST_ID).map((row, c) -> row.getLong(1)).findOne().orElse(0L);
  }

  private static Job job(ResultSet row) throws SQLException {
    var id = new JobId(row.getLong("id"));
    try {
      return new Job(
          id,
          JobJson.spec(Json.fields(row.getString("spec")), row.getInt("priority")),
          JobState.valueOf(row.getString("state")),
          row.getInt("attempt"),
          Optional.ofNullable(row.getString("worker")).map(WorkerName::new),
          Instant.parse(row.getString("submitted_at")),
          Json.list(row.getString("attempts"), JobJson::attempt),
          Optional.ofNullable(row.getString("ending")).map(Json::fields).map(JobJson::end));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "job " + id + " is not stored as expected: " + e.getMessage(), e);
    }
  }
}

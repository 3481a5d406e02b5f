// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.WorkerName;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One row a registered worker. */
final class WorkerTable {
  private static final String PUT =
      """
      INSERT INTO worker (name, wire, secret_md5, added_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET
        wire = excluded.wire, secret_md5 = excluded.secret_md5, added_at = excluded.added_at
      """;

  private static final String ALL =
      "SELECT name, wire, secret_md5, added_at FROM worker ORDER BY name";

  private final Handle handle;

  WorkerTable(Handle handle) {
    this.handle = handle;
  }

  void put(RegisteredWorker worker) {
    handle.execute(
        PUT, worker.name().value(), worker.wire(), worker.secretMd5(), worker.addedAt().toString());
  }

  /** In the order of their names. */
  List<RegisteredWorker> all() {
    return handle
        .select(ALL)
        .map(
            (row, c) ->
                new RegisteredWorker(
                    new WorkerName(row.getString("name")),
                    row.getString("wire"),
                    row.getString("secret_md5"),
                    Instant.parse(row.getString("added_at"))))
        .list();
  }
}

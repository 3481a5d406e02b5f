// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.JobStore.Snapshot;
import dev.spindle.farm.StoreChange;
import dev.spindle.farm.StoreChange.AppendLog;
import dev.spindle.farm.StoreChange.PutJob;
import dev.spindle.farm.StoreChange.PutWorker;
import org.jdbi.v3.core.Handle;

/** The database's tables, seen through one connection. Belongs to the connection's thread. */
final class Tables {
  private final JobTable jobs;
  private final LogTable log;
  private final WorkerTable workers;

  Tables(Handle handle) {
    this.jobs = new JobTable(handle);
    this.log = new LogTable(handle);
    this.workers = new WorkerTable(handle);
  }

  JobTable jobs() {
    return jobs;
  }

  LogTable log() {
    return log;
  }

  /** Writes one change into the transaction that is open. */
  void write(StoreChange change) {
    if (change instanceof PutJob put) {
      jobs.put(put.job());
    } else if (change instanceof AppendLog append) {
      append.chunks().forEach(log::append);
    } else if (change instanceof PutWorker put) {
      workers.put(put.worker());
    } else {
      throw new IllegalStateException("no table for " + change.getClass());
    }
  }

  /** What a change is about, for error texts. */
  static String name(StoreChange change) {
    if (change instanceof PutJob put) {
      return "job " + put.job().id();
    }
    if (change instanceof PutWorker put) {
      return "worker " + put.worker().name();
    }
    return "a log";
  }

  Snapshot snapshot() {
    return new Snapshot(jobs.unfinished(), workers.all(), jobs.lastId(), log.ends());
  }
}

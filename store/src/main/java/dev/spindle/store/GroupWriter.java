// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.StoreChange;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/**
 * Writes commits, on a thread of its own. Synchronising the disk is what costs, so whatever waits
 * when a transaction begins goes into it; under load one synchronisation serves many commits.
 *
 * <p>Inside the transaction each commit has a savepoint: one that is refused is undone alone.
 */
final class GroupWriter {
  /** Most commits of one transaction: none waits for more than these to be written before it. */
  static final int MAX_GROUP = 256;

  private final Handle handle;
  private final Tables tables;
  private final Faults faults;
  private final CommitQueue queue;
  private final StoreThread thread = new StoreThread("spindle-store-write", 1);
  private volatile long transactions;

  private GroupWriter(Handle handle, Faults faults) {
    this.handle = handle;
    this.tables = new Tables(handle);
    this.faults = faults;
    this.queue = new CommitQueue(faults);
  }

  /**
   * Starts the thread.
   *
   * @param handle used by nobody else from now on
   */
  static GroupWriter start(Handle handle, Faults faults) {
    var writer = new GroupWriter(handle, faults);
    writer.thread.execute(Json::load); // while the program starts, not while a job waits
    writer.thread.execute(writer::run);
    return writer;
  }

  CompletionStage<Void> commit(List<StoreChange> changes) {
    Commit commit = Commit.of(changes);
    try {
      queue.add(commit);
    } catch (FarmException e) {
      commit.done().completeExceptionally(e);
    }
    return commit.done().minimalCompletionStage();
  }

  /** How many transactions were committed. */
  long transactions() {
    return transactions;
  }

  boolean isCurrentThread() {
    return thread.isCurrent();
  }

  /** Writes what waits, then ends. */
  void close() {
    queue.close();
    thread.finish();
  }

  private void run() {
    List<Commit> group = queue.take(MAX_GROUP);
    while (!group.isEmpty()) {
      write(group);
      group = queue.take(MAX_GROUP);
    }
  }

  private void write(List<Commit> group) {
    Map<Commit, FarmException> refused = new IdentityHashMap<>();
    try {
      transact(group, refused);
    } catch (Throwable e) { // an error as well: somebody waits for each of these
      FarmException fault = faults.of("a commit", e);
      if (fault.code() == FarmException.Code.DISK_FULL && group.size() > 1) {
        group.forEach(commit -> write(List.of(commit))); // the small ones may still fit
        return;
      }
      group.forEach(commit -> refused.put(commit, fault));
    }
    group.forEach(commit -> settle(commit, refused));
  }

  private static void settle(Commit commit, Map<Commit, FarmException> refused) {
    FarmException fault = refused.get(commit);
    if (fault == null) {
      commit.done().complete(null);
    } else {
      commit.done().completeExceptionally(fault);
    }
  }

  private void transact(List<Commit> group, Map<Commit, FarmException> refused) {
    handle.execute("BEGIN IMMEDIATE");
    try {
      for (Commit commit : group) {
        writeOne(commit, refused);
      }
      handle.execute("COMMIT");
    } catch (Throwable e) {
      Rollback.after(e, handle);
      throw e;
    }
    transactions++;
  }

  private void writeOne(Commit commit, Map<Commit, FarmException> refused) {
    handle.execute("SAVEPOINT one_commit");
    String what = "";
    try {
      for (StoreChange change : commit.changes()) {
        what = Tables.name(change);
        tables.write(change);
      }
    } catch (RuntimeException e) {
      if (!Faults.isOfOneChange(e)) {
        throw e;
      }
      handle.execute("ROLLBACK TO one_commit");
      refused.put(commit, faults.refused(what, e));
    }
    handle.execute("RELEASE one_commit");
  }
}

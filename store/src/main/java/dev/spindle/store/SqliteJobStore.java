// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.JobStore;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.StoreChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the farm's state in one SQLite file, with a write-ahead log beside it.
 *
 * <p>Durability: a commit's stage completes after the write-ahead log was synchronised to the disk.
 * Commits that wait while a transaction is being written go into the next one together; each of
 * them is still all or none, and one that is refused does not take its neighbours along.
 *
 * <p>Exactness: what is read equals what was written; instants and durations keep their
 * nanoseconds, and job specifications and logs every character, even those that are not valid
 * Unicode.
 *
 * <p>Thread: any. Stages complete on the store's own threads, so what depends on them must be short
 * or move elsewhere with the {@code …Async} methods.
 *
 * <p>Errors: {@link #open} throws, and a stage fails with, a {@link FarmException} that names the
 * file: {@code DISK_FULL} without space, {@code BUSY} when too much waits or another program holds
 * the database, {@code INVALID} for a change that contradicts what is stored, {@code UNAVAILABLE}
 * for all else. After any of them the store goes on with the next commit.
 */
public final class SqliteJobStore implements JobStore {
  private final Path file;
  private final List<String> pragmas;

  /** Set by {@link #open}, kept after {@link #close}: it then refuses what it is asked. */
  private volatile @Nullable Running running;

  private SqliteJobStore(Path file, List<String> pragmas) {
    this.file = file.toAbsolutePath();
    this.pragmas = pragmas;
  }

  /**
   * A store in this file. Nothing is touched before {@link #open}.
   *
   * @param file its folder must exist; the file is created, with mode 0600, when it does not
   */
  public static SqliteJobStore at(Path file) {
    return new SqliteJobStore(file, List.of());
  }

  /** With more pragmas for the writing connection, so that a test can make it run out of space. */
  static SqliteJobStore at(Path file, List<String> pragmas) {
    return new SqliteJobStore(file, pragmas);
  }

  /**
   * Takes the file for this process, brings its schema up to date and reads the state.
   *
   * @throws FarmException {@code UNAVAILABLE} when another controller uses the file, when it is not
   *     a Spindle database, or when a newer Spindle has changed it
   * @throws IllegalStateException when the store was opened before
   */
  @Override
  public synchronized Snapshot open() {
    if (running != null) {
      throw new IllegalStateException("a store is opened once: " + file);
    }
    Hold hold = Hold.on(file);
    try {
      return open(hold);
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  private Snapshot open(Hold hold) {
    Database database = Database.open(file, pragmas);
    try {
      Snapshot snapshot = new Tables(database.writing()).snapshot();
      running = Running.on(hold, database);
      return snapshot;
    } catch (RuntimeException e) {
      database.close();
      throw database.faults().of("the farm's state", e);
    }
  }

  @Override
  public CompletionStage<Void> commit(List<StoreChange> changes) {
    return running().writer().commit(changes);
  }

  @Override
  public CompletionStage<Optional<Job>> job(JobId id) {
    return running().reader().read("job " + id, tables -> tables.jobs().find(id));
  }

  @Override
  public CompletionStage<List<Job>> jobs(JobQuery query) {
    return running().reader().read("the jobs", tables -> tables.jobs().list(query));
  }

  @Override
  public CompletionStage<List<LogChunk>> log(JobId id, long afterSequence, int limit) {
    if (limit < 0) { // to SQLite it would mean no limit at all
      throw new IllegalArgumentException("limit " + limit + ": expected at least 0");
    }
    return running()
        .reader()
        .read("the log of job " + id, tables -> tables.log().after(id, afterSequence, limit));
  }

  /** How many transactions were committed so far: fewer than commits when those came together. */
  long transactions() {
    return running().writer().transactions();
  }

  /**
   * Waits for what was asked, then gives the file back. Again, or without {@link #open}, it does
   * nothing.
   *
   * @throws IllegalStateException on the store's own threads, where it would wait for itself
   */
  @Override
  public void close() {
    Running open = running;
    if (open == null) {
      return;
    }
    if (open.isCurrentThread()) {
      throw new IllegalStateException("closing a store on its own thread would never end");
    }
    synchronized (this) {
      open.close();
    }
  }

  private Running running() {
    Running open = running;
    if (open == null) {
      throw new IllegalStateException("the store is not open: " + file);
    }
    return open;
  }

  private record Running(Hold hold, Database database, GroupWriter writer, Reader reader) {
    static Running on(Hold hold, Database database) {
      return new Running(
          hold,
          database,
          GroupWriter.start(database.writing(), database.faults()),
          new Reader(database.reading(), database.faults()));
    }

    boolean isCurrentThread() {
      return writer.isCurrentThread() || reader.isCurrentThread();
    }

    void close() {
      writer.close();
      reader.close();
      database.close();
      hold.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes one job's log. One commit is under way at a time; what arrives meanwhile goes into the
 * next, so that a busy log costs few commits and its numbers have no gaps. On the loop only.
 */
final class JobLog {
  private final FarmLoop loop;
  private final Commits commits;
  private final Events events;
  private final long maxUnwrittenBytes;
  private long lastSequence;
  private List<Entry> pending = new ArrayList<>();
  private long unwrittenBytes;
  private boolean writing;

  JobLog(FarmLoop loop, Commits commits, Events events, long maxUnwrittenBytes, long lastSequence) {
    this.loop = loop;
    this.commits = commits;
    this.events = events;
    this.maxUnwrittenBytes = maxUnwrittenBytes;
    this.lastSequence = lastSequence;
  }

  /**
   * Adds a piece; answers once it is on disk. Beyond the budget one remark is written in its stead,
   * and then nothing.
   *
   * @throws FarmException BUSY when too much waits for the disk
   */
  CompletionStage<Void> append(AttemptId attempt, LogBudget budget, LogStream stream, String text) {
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    refuseTooMuch(attempt, bytes);
    if (budget.isCut()) {
      return CompletableFuture.completedStage(null);
    }
    Entry entry =
        budget.fits(bytes)
            ? new Entry(chunk(attempt, stream, text), bytes, budget, false)
            : new Entry(chunk(attempt, LogStream.HEADER, budget.remark()), 0, budget, true);
    budget.use(entry.bytes);
    budget.cut(entry.cuts);
    return add(entry);
  }

  private void refuseTooMuch(AttemptId attempt, long bytes) {
    if (bytes > maxUnwrittenBytes) {
      throw new FarmException(
          FarmException.Code.INVALID,
          String.format(
              "%d bytes of log of attempt %s in one piece: expected at most %d",
              bytes, attempt, maxUnwrittenBytes));
    }
    if (unwrittenBytes + bytes > maxUnwrittenBytes) {
      throw new FarmException(
          FarmException.Code.BUSY,
          String.format(
              "%d bytes of log of attempt %s wait for the disk: wait for the answers first",
              unwrittenBytes, attempt));
    }
  }

  private LogChunk chunk(AttemptId attempt, LogStream stream, String text) {
    return new LogChunk(attempt, 0, stream, loop.now(), text); // numbered when it is written
  }

  /** Completes when all that was added so far is written or has failed. */
  CompletionStage<Void> settled() {
    if (!writing) {
      return CompletableFuture.completedStage(null);
    }
    return add(new Entry(null, 0, new LogBudget(0), false)).exceptionally(failure -> null);
  }

  private CompletionStage<Void> add(Entry entry) {
    pending.add(entry);
    unwrittenBytes += entry.bytes;
    write();
    return entry.answer;
  }

  private void write() {
    if (writing || pending.isEmpty()) {
      return;
    }
    List<Entry> batch = pending;
    pending = new ArrayList<>();
    List<LogChunk> chunks = numbered(batch);
    writing = true;
    CompletionStage<Void> written =
        chunks.isEmpty()
            ? CompletableFuture.completedStage(null)
            : commits.commit(new StoreChange.AppendLog(chunks));
    written.whenComplete((done, failure) -> wrote(batch, chunks, failure));
  }

  private List<LogChunk> numbered(List<Entry> batch) {
    var chunks = new ArrayList<LogChunk>();
    for (Entry entry : batch) {
      LogChunk c = entry.chunk;
      if (c != null) {
        long sequence = lastSequence + chunks.size() + 1;
        chunks.add(new LogChunk(c.attempt(), sequence, c.stream(), c.at(), c.text()));
      }
    }
    return chunks;
  }

  private void wrote(List<Entry> batch, List<LogChunk> chunks, @Nullable Throwable failure) {
    if (failure == null) {
      lastSequence += chunks.size();
      chunks.forEach(chunk -> events.emit(new FarmEvent.JobLogged(chunk)));
    }
    for (Entry entry : batch) {
      unwrittenBytes -= entry.bytes;
      entry.settle(failure);
    }
    writing = false;
    write();
  }

  /** A piece that waits for the disk, or only someone who waits for the pieces before. */
  private static final class Entry {
    final @Nullable LogChunk chunk;
    final long bytes;
    final LogBudget budget;
    final boolean cuts;
    final CompletableFuture<Void> answer = new CompletableFuture<>();

    Entry(@Nullable LogChunk chunk, long bytes, LogBudget budget, boolean cuts) {
      this.chunk = chunk;
      this.bytes = bytes;
      this.budget = budget;
      this.cuts = cuts;
    }

    void settle(@Nullable Throwable failure) {
      if (failure != null) {
        budget.giveBack(bytes);
        if (cuts) {
          budget.cut(false);
        }
      }
      Desk.settle(answer, null, failure);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The commits that wait for the writer, in the order in which they were asked for. Bounded: a disk
 * that cannot keep up must not fill the memory.
 *
 * <p>Thread: any; {@link #take} belongs to the writer.
 */
final class CommitQueue {
  /**
   * Most rows that may wait. A job's row is memory that the farm holds anyway, so this is ample.
   */
  static final int MAX_ROWS = 10_000;

  /** Most characters of log text that may wait: some 16 to 32 MiB. */
  static final long MAX_TEXT_CHARS = 16L * 1024 * 1024;

  private final Faults faults;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Deque<Commit> waiting = new ArrayDeque<>();
  private int rows;
  private long textChars;
  private boolean closed;

  CommitQueue(Faults faults) {
    this.faults = faults;
  }

  /**
   * Adds a commit. One that is over the limits all by itself is accepted when it is alone, or it
   * could never get in.
   *
   * @throws dev.spindle.farm.FarmException {@code BUSY} when too much waits already; {@code
   *     UNAVAILABLE} once closed
   */
  void add(Commit commit) {
    lock.lock();
    try {
      if (closed) {
        throw faults.closed();
      }
      if (!waiting.isEmpty() && !fits(commit)) {
        throw faults.busy(
            waiting.size() + " commits with " + rows + " rows wait to be written already");
      }
      waiting.add(commit);
      rows += commit.rows();
      textChars += commit.textChars();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Commit commit) {
    return rows + commit.rows() <= MAX_ROWS && textChars + commit.textChars() <= MAX_TEXT_CHARS;
  }

  /** Waits for commits and takes the oldest, at most {@code max}; none once closed and drained. */
  List<Commit> take(int max) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Commit> group = new ArrayList<>();
      while (group.size() < max && !waiting.isEmpty()) {
        Commit commit = waiting.remove();
        rows -= commit.rows();
        textChars -= commit.textChars();
        group.add(commit);
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Accepts no more; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}

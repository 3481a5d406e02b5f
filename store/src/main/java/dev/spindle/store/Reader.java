// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Answers queries, on a thread and a connection of its own: with a write-ahead log a reader sees
 * the last committed state and never waits for a writer.
 */
final class Reader {
  /** Most queries that may wait. */
  static final int MAX_WAITING = 1_000;

  private final Tables tables;
  private final Faults faults;
  private final StoreThread thread = new StoreThread("spindle-store-read", MAX_WAITING);

  /**
   * A reader whose thread starts with the first query.
   *
   * @param handle used by nobody else from now on
   */
  Reader(Handle handle, Faults faults) {
    this.tables = new Tables(handle);
    this.faults = faults;
  }

  /**
   * Runs a query.
   *
   * @param what what it reads, for error texts
   */
  <T> CompletionStage<T> read(String what, Function<Tables, T> query) {
    var answer = new CompletableFuture<T>();
    try {
      thread.execute(() -> answer(answer, what, query));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          thread.isFinishing()
              ? faults.closed()
              : faults.busy(MAX_WAITING + " queries wait already"));
    }
    return answer.minimalCompletionStage();
  }

  private <T> void answer(CompletableFuture<T> answer, String what, Function<Tables, T> query) {
    T found;
    try {
      found = query.apply(tables);
    } catch (Throwable e) { // an error as well: somebody waits for the answer
      answer.completeExceptionally(faults.of(what, e));
      return;
    }
    answer.complete(found);
  }

  boolean isCurrentThread() {
    return thread.isCurrent();
  }

  /** Answers what waits, then ends. */
  void close() {
    thread.finish();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.LogChunk;
import dev.spindle.farm.StoreChange;
import dev.spindle.farm.StoreChange.AppendLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Changes that get in together or not at all, and who waits for them.
 *
 * @param changes in the order in which they are written
 * @param done completes after the transaction that holds them
 */
record Commit(List<StoreChange> changes, CompletableFuture<Void> done) {
  static Commit of(List<StoreChange> changes) {
    return new Commit(List.copyOf(changes), new CompletableFuture<>());
  }

  /** How many rows it writes; at least one, since an empty commit takes its turn as well. */
  int rows() {
    int rows = 0;
    for (StoreChange change : changes) {
      rows += change instanceof AppendLog log ? log.chunks().size() : 1;
    }
    return Math.max(1, rows);
  }

  /** Characters of log text: what a waiting commit alone keeps in memory. */
  long textChars() {
    long chars = 0;
    for (StoreChange change : changes) {
      if (change instanceof AppendLog log) {
        for (LogChunk chunk : log.chunks()) {
          chars += chunk.text().length();
        }
      }
    }
    return chars;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.StoreChange.AppendLog;
import dev.spindle.farm.StoreChange.PutJob;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A process that commits one job after another and prints the id of each that is acknowledged. */
final class Committer {
  /** So that groups form. */
  private static final int AT_ONCE = 16;

  /** Ends each line. */
  static final String END = ".";

  private Committer() {}

  public static void main(String[] args) throws InterruptedException {
    SqliteJobStore store = SqliteJobStore.at(Path.of(args[0]));
    long id = store.open().lastId();
    var free = new Semaphore(AT_ONCE);
    PrintStream out = System.out;
    while (true) {
      long next = ++id;
      free.acquire();
      store
          .commit(
              List.of(
                  new PutJob(Samples.queued(next)),
                  new AppendLog(List.of(Samples.chunk(next, 1, "log of " + next)))))
          .thenRun(
              () -> {
                out.println(next + END);
                out.flush();
                free.release();
              });
    }
  }
}

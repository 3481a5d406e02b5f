// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a running command in good order when the process is told to end (SIGTERM, SIGINT): the JVM
 * waits while the command closes what it opened.
 */
final class Termination {
  /** Longest wait for the command; then the JVM ends all the same. */
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch done = new CountDownLatch(1);

  private Termination() {}

  /**
   * @param stop makes the command end; must not block
   */
  static Termination onSignal(Runnable stop) {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> termination.end(stop), "termination"));
    return termination;
  }

  /** Runs at every end of the JVM; once the command is done there is nothing to stop. */
  private void end(Runnable stop) {
    if (done.getCount() == 0) {
      return;
    }
    stop.run();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has closed everything. */
  void done() {
    done.countDown();
  }
}

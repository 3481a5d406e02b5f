// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The one decision to end an attempt early. The first reason counts; an attempt's thread that waits
 * {@link #interruptibly} is woken.
 *
 * <p>Thread: any.
 */
final class Halt {
  private final CompletableFuture<AttemptOver> reason = new CompletableFuture<>();
  private @Nullable AttemptOver chosen;
  private @Nullable Thread waiting;

  /** Something that blocks and can be interrupted. */
  interface Blocking<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Asks for the end; false when it was asked for before. */
  boolean request(AttemptOver why) {
    synchronized (this) {
      if (chosen != null) {
        return false;
      }
      chosen = why;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
    return reason.complete(why);
  }

  /** Runs a task when the end is asked for, or now. */
  void then(Runnable task) {
    reason.thenRun(task);
  }

  synchronized void check() throws AttemptOver {
    if (chosen != null) {
      throw chosen;
    }
  }

  /**
   * Does something that a request interrupts.
   *
   * @throws AttemptOver when the end was asked for, whatever else failed because of that
   */
  <T> T interruptibly(Blocking<T> action) throws IOException {
    enter();
    try {
      return action.run();
    } catch (IOException | InterruptedException e) {
      check();
      throw e instanceof IOException io
          ? io
          : AttemptOver.failed("the worker's thread was interrupted", true);
    } finally {
      leave();
    }
  }

  private synchronized void enter() throws AttemptOver {
    check();
    waiting = Thread.currentThread();
  }

  private synchronized void leave() {
    waiting = null;
    Thread.interrupted(); // Meant for the action, which is over.
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One named daemon thread that does its tasks in order and finishes them before it ends. */
final class StoreThread {
  private final String name;
  private final ThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  /**
   * A thread that starts with its first task.
   *
   * @param maxWaiting most tasks that may wait for the one that is being done
   */
  StoreThread(String name, int maxWaiting) {
    this.name = name;
    this.executor =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), this::thread);
  }

  private Thread thread(Runnable body) {
    var made = new Thread(body, name);
    made.setDaemon(true);
    thread = made;
    return made;
  }

  /**
   * Adds a task.
   *
   * @throws RejectedExecutionException when too many wait, or the thread is finishing
   */
  void execute(Runnable task) {
    executor.execute(task);
  }

  boolean isFinishing() {
    return executor.isShutdown();
  }

  /** Whether this very thread is asking. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Takes no more tasks and waits for those that it has, even when interrupted meanwhile. */
  void finish() {
    executor.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

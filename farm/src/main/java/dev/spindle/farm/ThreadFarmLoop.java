// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The farm's loop on a thread of its own, named {@value #THREAD_NAME}, with the machine's clocks.
 *
 * <p>A task that throws is logged, and the loop goes on with the next one. After {@link #close} a
 * task is refused with {@link RejectedExecutionException}.
 */
public final class ThreadFarmLoop implements FarmLoop, AutoCloseable {
  static final String THREAD_NAME = "farm";

  /** How long {@link #close} waits for what was given before it. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(ThreadFarmLoop.class);

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  public ThreadFarmLoop() {
    executor = new ScheduledThreadPoolExecutor(1, this::newThread);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private Thread newThread(Runnable body) {
    var created = new Thread(body, THREAD_NAME);
    created.setDaemon(true);
    thread = created;
    return created;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    var future = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** Keeps the executor from swallowing what a task throws. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("a task of the farm failed; the farm goes on", e);
    }
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /**
   * Runs what was given so far, drops what waits for its time, and ends the thread. Waits for that,
   * at most {@link #CLOSE_LIMIT}, unless it is called on the loop itself.
   */
  @Override
  public void close() {
    executor.shutdown();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      if (!executor.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

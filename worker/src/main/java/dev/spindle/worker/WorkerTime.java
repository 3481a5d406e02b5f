// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Monotonic time and timers. Tests drive one by hand. */
public interface WorkerTime {

  /** Monotonic, in nanoseconds. */
  long nanoTime();

  /** Runs a short task that does not block, after a delay. */
  Timer after(Duration delay, Runnable task);

  /** A task that waits for its time. */
  interface Timer {
    /** Does nothing when the task has run or was cancelled. */
    void cancel();
  }

  /** The system's, with one timer thread that ends when it has nothing to wait for. */
  static WorkerTime system() {
    var timers =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "worker-timers");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true); // Or a limit of days would keep a short job that long.
    timers.setKeepAliveTime(1, TimeUnit.SECONDS);
    timers.allowCoreThreadTimeOut(true);
    return new WorkerTime() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Timer after(Duration delay, Runnable task) {
        Future<?> timer = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
      }
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Link;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock, and tasks for later. Thread: any. */
interface Timing {

  /** For differences, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a short task after a time, on a thread of the timing's; may be cancelled on any. */
  Link.Timer after(Duration time, Runnable task);

  /** No task is run any more. */
  void close();

  /** The time of this world, on a thread that is there while something is to come. */
  static Timing real(String name) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    // What comes after the end is refused, and nobody's any more.
    timer.setRejectedExecutionHandler((task, closed) -> {});
    return new Timing() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Link.Timer after(Duration time, Runnable task) {
        Future<?> set = timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> set.cancel(false);
      }

      @Override
      public void close() {
        timer.shutdownNow();
      }
    };
  }
}

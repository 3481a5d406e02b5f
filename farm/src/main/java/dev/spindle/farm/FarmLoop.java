// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The one thread that owns the farm's state, and its clocks. Tests drive one by hand.
 *
 * <p>Tasks run one after another in the order in which they were given.
 */
public interface FarmLoop extends Executor {

  /** Runs a task on this thread after a delay. */
  Cancellable schedule(Duration delay, Runnable task);

  /** Wall-clock time, for records that people read. */
  Instant now();

  /** Monotonic time in nanoseconds, for leases. */
  long nanoTime();

  /** A task that waits for its time. */
  interface Cancellable {
    /** Does nothing when the task has run or was cancelled. */
    void cancel();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop whose clock is moved by hand and whose tasks run when the test says. */
final class ManualFarmLoop implements FarmLoop {
  /** More in a row without the clock moving means that the farm spins. */
  private static final int MAX_TASKS = 200_000;

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
  private long nanos = 123_456_789; // a monotonic clock begins anywhere
  private long number;
  private Duration elapsed = Duration.ZERO;

  private record Timer(long at, long number, Runnable task) {}

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    var timer = new Timer(nanos + delay.toNanos(), number++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public Instant now() {
    return START.plus(elapsed);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  /** Runs what waits, and what that gives rise to. */
  void run() {
    int ran = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      if (++ran > MAX_TASKS) {
        throw new AssertionError("the farm spins: " + ran + " tasks and no end");
      }
    }
  }

  /** Forgets everything but the time, as a process does that is killed. */
  void kill() {
    tasks.clear();
    timers.clear();
  }

  /** Moves the clock, running each timer at its own time. */
  void advance(Duration by) {
    long end = nanos + by.toNanos();
    run();
    while (!timers.isEmpty() && timers.peek().at() <= end) {
      Timer timer = timers.remove();
      moveTo(Math.max(nanos, timer.at()));
      timer.task().run();
      run();
    }
    moveTo(end);
  }

  private void moveTo(long time) {
    elapsed = elapsed.plusNanos(time - nanos);
    nanos = time;
  }

  int timers() {
    return timers.size();
  }
}

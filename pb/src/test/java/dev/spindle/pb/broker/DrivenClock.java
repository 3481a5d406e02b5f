// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when a test says so. */
public final class DrivenClock {
  private record Due(long at, int order, Runnable task) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingInt(Due::order));

  /** Near the end of the numbers, which clocks are allowed to pass. */
  private long now = Long.MAX_VALUE - 1_000_000_000L;

  private int set;

  public long nanoTime() {
    return now;
  }

  public Link.Timer after(Duration time, Runnable task) {
    Due entry = new Due(elapsed + time.toNanos(), set++, task);
    due.add(entry);
    return () -> due.remove(entry);
  }

  private long elapsed;

  /** Lets time pass and runs what becomes due, each at its own time. */
  public void pass(Duration time) {
    long end = elapsed + time.toNanos();
    for (Due next = due.peek(); next != null && next.at() <= end; next = due.peek()) {
      due.remove();
      advance(next.at());
      next.task().run();
    }
    advance(end);
  }

  private void advance(long to) {
    now += to - elapsed;
    elapsed = to;
  }

  /** How many tasks wait. */
  public int waiting() {
    return due.size();
  }

  /** How many have been set so far. */
  public int everSet() {
    return set;
  }
}

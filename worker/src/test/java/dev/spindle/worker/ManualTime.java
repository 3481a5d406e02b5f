// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that stands still until a test moves it. */
final class ManualTime implements WorkerTime {
  private final List<Due> timers = new ArrayList<>();
  private long now;

  private record Due(long at, Runnable task) {}

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable task) {
    var due = new Due(now + delay.toNanos(), task);
    timers.add(due);
    return () -> {
      synchronized (this) {
        timers.remove(due);
      }
    };
  }

  /** Moves on, and runs what is due on the way, in order. */
  void advance(Duration by) {
    long end;
    synchronized (this) {
      end = now + by.toNanos();
    }
    for (Optional<Due> next = next(end); next.isPresent(); next = next(end)) {
      next.get().task().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized Optional<Due> next(long end) {
    Optional<Due> next =
        timers.stream().filter(d -> d.at() <= end).min(Comparator.comparingLong(Due::at));
    next.ifPresent(
        due -> {
          timers.remove(due);
          now = Math.max(now, due.at());
        });
    return next;
  }
}

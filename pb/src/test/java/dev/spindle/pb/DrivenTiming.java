// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Time that passes when a test says so, for threads that wait for it. */
final class DrivenTiming implements Timing {
  private record Due(long at, Runnable task) {}

  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private long now = 1;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Link.Timer after(Duration time, Runnable task) {
    Due entry = new Due(now + time.toNanos(), task);
    due.add(entry);
    return () -> cancel(entry);
  }

  private synchronized void cancel(Due entry) {
    due.remove(entry);
  }

  @Override
  public synchronized void close() {
    due.clear();
  }

  void pass(Duration time) {
    List<Runnable> tasks = new ArrayList<>();
    synchronized (this) {
      now += time.toNanos();
      while (!due.isEmpty() && due.peek().at() <= now) {
        tasks.add(due.remove().task());
      }
    }
    tasks.forEach(Runnable::run);
  }

  synchronized int waiting() {
    return due.size();
  }

  void awaitWaiting(int count) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> waiting() == count);
  }
}

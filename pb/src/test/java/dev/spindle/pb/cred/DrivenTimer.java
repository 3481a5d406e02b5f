// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A timer whose time passes when a test says so. */
final class DrivenTimer implements LoginThrottle.Timer {
  private record Due(Duration at, int order, Runnable task) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Duration now = Duration.ZERO;
  private int order;

  @Override
  public void accept(Duration delay, Runnable task) {
    due.add(new Due(now.plus(delay), order++, task));
  }

  /** Lets time pass and runs what becomes due, in its order, each at its own time. */
  void pass(Duration time) {
    Duration end = now.plus(time);
    while (!due.isEmpty() && due.peek().at().compareTo(end) <= 0) {
      Due next = due.remove();
      now = next.at();
      next.task().run();
    }
    now = end;
  }

  /** How many tasks wait. */
  int waiting() {
    return due.size();
  }
}

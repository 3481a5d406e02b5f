// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls that have to end in time, by the millisecond in which they must.
 *
 * <p>Most calls are answered long before. So a call costs a place in a list on its way in and out,
 * however many there are and whatever deadlines they have, and no timer: one is set for the nearest
 * millisecond alone, and not moved when that one empties.
 *
 * <p>Thread: the connection's.
 */
final class Deadlines {
  private static final long TICK_NANOS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  /** The calls of one millisecond, linked through themselves. */
  static final class Tick {
    final long number;
    @Nullable Due first;

    Tick(long number) {
      this.number = number;
    }
  }

  private final Link link;
  private final long origin;
  private final TreeMap<Long, Tick> ticks = new TreeMap<>();

  /** Where the last call went: calls of one deadline that are made together are due together. */
  private @Nullable Tick latest;

  private Link.@Nullable Timer timer;
  private long timerTick = NEVER;

  Deadlines(Link link) {
    this.link = link;
    this.origin = link.nanoTime();
  }

  void add(Due due) {
    Tick tick = tick((due.at - origin + TICK_NANOS - 1) / TICK_NANOS);
    Due behind = tick.first;
    due.tick = tick;
    due.next = behind;
    if (behind != null) {
      behind.previous = due;
    }
    tick.first = due;
    if (tick.number < timerTick) {
      setTimer(tick.number);
    }
  }

  private Tick tick(long number) {
    Tick last = latest;
    if (last != null && last.number == number) {
      return last;
    }
    Tick tick = ticks.computeIfAbsent(number, Tick::new);
    latest = tick;
    if (last != null) {
      forgetIfEmpty(last);
    }
    return tick;
  }

  /** The call has ended. Safe when it is not here. */
  void remove(Due due) {
    Tick tick = due.tick;
    if (tick == null) {
      return;
    }
    unlink(due, tick);
    if (tick != latest) {
      forgetIfEmpty(tick);
    }
  }

  private static void unlink(Due due, Tick tick) {
    Due before = due.previous;
    Due behind = due.next;
    if (before == null) {
      tick.first = behind;
    } else {
      before.next = behind;
    }
    if (behind != null) {
      behind.previous = before;
    }
    due.tick = null;
    due.previous = null;
    due.next = null;
  }

  private void forgetIfEmpty(Tick tick) {
    if (tick.first == null) {
      ticks.remove(tick.number);
    }
  }

  private void setTimer(long number) {
    cancelTimer();
    timerTick = number;
    long left = origin + number * TICK_NANOS - link.nanoTime();
    timer = link.after(Duration.ofNanos(Math.max(0, left)), this::ring);
  }

  private void cancelTimer() {
    Link.Timer set = timer;
    if (set != null) {
      set.cancel();
      timer = null;
    }
    timerTick = NEVER;
  }

  /** Ends the calls of one millisecond at most: between two, others have the thread. */
  private void ring() {
    timer = null;
    timerTick = NEVER;
    if (!ticks.isEmpty() && ticks.firstKey() * TICK_NANOS <= link.nanoTime() - origin) {
      expire(ticks.pollFirstEntry().getValue());
    }
    if (!ticks.isEmpty() && ticks.firstKey() < timerTick) {
      setTimer(ticks.firstKey());
    }
  }

  private void expire(Tick tick) {
    if (tick == latest) {
      latest = null;
    }
    for (Due due = tick.first; due != null; due = tick.first) {
      unlink(due, tick);
      due.call.expire(due);
    }
  }

  int size() {
    return ticks.size();
  }

  /** The connection ended, and every call with it. */
  void clear() {
    cancelTimer();
    ticks.clear();
    latest = null;
  }
}

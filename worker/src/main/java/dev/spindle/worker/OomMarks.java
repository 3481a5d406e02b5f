// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives each running process tree a value of its own for {@code /proc/PID/oom_score_adj}.
 *
 * <p>It is the one mark that a process inherits and a cleared environment, a new session and a
 * double fork do not wash off. To raise the value needs no privilege; and since the kernel kills
 * high values first when memory runs out, jobs die before the worker does.
 */
final class OomMarks {
  /** Above what desktops give to their own expendable processes (systemd 200, browsers 300). */
  static final int LOWEST = 500;

  /** The kernel's limit. */
  static final int HIGHEST = 1000;

  private final int first;
  private final BitSet taken = new BitSet();

  /**
   * Starts with all marks free.
   *
   * @param own this JVM's own value, when it may be set at all; marks are above it
   */
  OomMarks(Optional<Integer> own) {
    this.first = own.map(adj -> Math.max(LOWEST, adj + 1)).orElse(HIGHEST + 1);
  }

  static OomMarks ofThisJvm() {
    return new OomMarks(settable());
  }

  /** The JVM's value, if the kernel takes the same one again. */
  private static Optional<Integer> settable() {
    Path self = Path.of("/proc/self/oom_score_adj");
    try {
      String own = Files.readString(self).trim();
      Files.writeString(self, own);
      return Optional.of(Integer.valueOf(own));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Takes a free mark; empty when none is left or the system has none. */
  synchronized OptionalInt take() {
    int mark = first + taken.nextClearBit(0);
    if (mark > HIGHEST) {
      return OptionalInt.empty();
    }
    taken.set(mark - first);
    return OptionalInt.of(mark);
  }

  /** Gives a mark back. Only when no process has it any more. */
  synchronized void give(int mark) {
    taken.clear(mark - first);
  }
}

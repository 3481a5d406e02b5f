// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.PrintWriter;

/**
 * One line on the terminal that says what is going on, and gives way to what is printed. Where
 * stderr is no terminal it says nothing.
 *
 * <p>Thread: any.
 */
final class StatusLine {
  private static final int BAR_WIDTH = 30;
  private static final long PERIOD_NANOS = 50_000_000;
  private static final String CLEAR = "\r\u001b[K";
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private final PrintWriter err;
  private final boolean terminal;
  private boolean shown;
  private long lastNanos = System.nanoTime() - PERIOD_NANOS;

  StatusLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  synchronized void show(String text) {
    if (terminal) {
      err.print(CLEAR + text);
      err.flush();
      shown = true;
    }
  }

  /** Shows a bar, often enough for the eye; the end is always shown. */
  synchronized void progress(String what, long done, long total) {
    long now = System.nanoTime();
    if (now - lastNanos < PERIOD_NANOS && done < total) {
      return;
    }
    lastNanos = now;
    show(bar(what, done, total));
  }

  static String bar(String what, long done, long total) {
    int percent = total == 0 ? 100 : (int) (100 * ((double) done / total));
    int filled = BAR_WIDTH * percent / 100;
    return "%s [%s%s] %3d %% of %s"
        .formatted(what, "#".repeat(filled), ".".repeat(BAR_WIDTH - filled), percent, size(total));
  }

  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(java.util.Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** Takes the line away. */
  synchronized void clear() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
      shown = false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps reading a process's standard error and remembers the end of it. */
final class StderrTail {
  private static final int MAX_LINES = 200;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  StderrTail(Process process) {
    reader = new Thread(() -> read(process), "stderr-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Process process) {
    try (BufferedReader from = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void add(String line) {
    if (lines.size() == MAX_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Waits until the process has closed its standard error. */
  void awaitEnd() {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized String toString() {
    return String.join("\n", lines);
  }
}

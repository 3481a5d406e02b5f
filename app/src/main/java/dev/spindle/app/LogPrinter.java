// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import java.io.PrintWriter;
import java.util.List;

/** Prints a log: the job's stdout on ours, its stderr and the farm's remarks on our stderr. */
final class LogPrinter {
  private final PrintWriter out;
  private final PrintWriter err;

  LogPrinter(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  void print(List<LogChunk> chunks) {
    for (LogChunk chunk : chunks) {
      if (chunk.stream() == LogStream.STDOUT) {
        out.print(chunk.text());
        out.flush();
      } else {
        err.print(chunk.text());
        err.flush();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.JobId;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.operator.OperatorClient;
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

  /**
   * Prints, page by page, what a log has behind a sequence number.
   *
   * @param beforePage run before each page
   * @return the sequence number of the last piece printed
   */
  long printFrom(OperatorClient operator, JobId id, long after, Runnable beforePage) {
    long printed = after;
    List<LogChunk> page = operator.log(id, printed);
    while (!page.isEmpty()) {
      beforePage.run();
      print(page);
      printed = page.get(page.size() - 1).sequence();
      page = operator.log(id, printed);
    }
    return printed;
  }

  private void print(List<LogChunk> chunks) {
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

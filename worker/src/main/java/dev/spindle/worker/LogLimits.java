// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;

/**
 * How a job's log is cut into reports.
 *
 * @param flushInterval longest time a piece waits for more
 * @param chunkChars longest piece, at most {@value #MAX_CHUNK_CHARS}
 * @param unanswered how many reports may be under way; then the job's output is not read on
 * @param spoolBytes how much output is kept on disk while the controller cannot be reached; what
 *     comes beyond is cut
 */
public record LogLimits(Duration flushInterval, int chunkChars, int unanswered, long spoolBytes) {

  /** What every wire can carry in one message. */
  public static final int MAX_CHUNK_CHARS = 32 * 1024;

  public static final LogLimits DEFAULT =
      new LogLimits(Duration.ofMillis(100), MAX_CHUNK_CHARS, 4, 256L << 20);

  public LogLimits {
    if (chunkChars < 2 || chunkChars > MAX_CHUNK_CHARS) {
      throw new IllegalArgumentException(
          "log chunks of " + chunkChars + " characters: expected 2 to " + MAX_CHUNK_CHARS);
    }
    if (unanswered < 1) {
      throw new IllegalArgumentException("unanswered " + unanswered + ": expected at least 1");
    }
  }
}

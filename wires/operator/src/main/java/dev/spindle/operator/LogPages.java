// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.LogChunk;
import java.util.List;

/** Cuts a page of a log to what one answer can carry. */
final class LogPages {
  /** Most characters of one answer; as UTF-8 at most four times as many bytes. */
  static final int MAX_CHARS = 2 * 1024 * 1024;

  private LogPages() {}

  /** The first chunks, at least one, that fit an answer together. */
  static List<LogChunk> withinAnswer(List<LogChunk> chunks) {
    int chars = 0;
    for (int i = 0; i < chunks.size(); i++) {
      chars += chunks.get(i).text().length();
      if (chars > MAX_CHARS && i > 0) {
        return chunks.subList(0, i);
      }
    }
    return chunks;
  }
}

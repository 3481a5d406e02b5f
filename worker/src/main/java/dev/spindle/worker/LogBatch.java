// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.LogStream;

/** Collects text of one stream up to a piece's length. Not for several threads. */
final class LogBatch {
  private final int maxChars;
  private final StringBuilder text = new StringBuilder();
  private LogStream stream = LogStream.STDOUT;

  LogBatch(int maxChars) {
    this.maxChars = maxChars;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * Takes as much as fits.
   *
   * @return where the rest begins; the same place when nothing fits before the batch is taken
   */
  int add(LogStream from, String more, int at) {
    if (!isEmpty() && from != stream) {
      return at;
    }
    int end = Math.min(more.length(), at + maxChars - text.length());
    if (end > at && end < more.length() && Character.isHighSurrogate(more.charAt(end - 1))) {
      end--; // Both halves of a character go into one piece.
    }
    stream = from;
    text.append(more, at, end);
    return end;
  }

  LogPiece take() {
    var piece = new LogPiece(stream, text.toString());
    text.setLength(0);
    return piece;
  }
}

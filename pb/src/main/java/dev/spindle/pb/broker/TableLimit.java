// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.List;
import java.util.function.Consumer;

/**
 * How much of ours the other side of a connection may hold at once. It is told a few times that
 * there is no room, and goodbye at the last.
 *
 * <p>Thread: the connection's. Source: reference, section 10.5.
 */
final class TableLimit {
  /** So many refusals are borne by a connection; the next one ends it. */
  private static final int MAX_REFUSALS = 3;

  private final int most;
  private final Consumer<String> goodbye;
  private int refusals;

  /**
   * @param most a table that holds more takes nothing new
   * @param goodbye ends the connection, after what is written; told why
   */
  TableLimit(int most, Consumer<String> goodbye) {
    this.most = most;
    this.goodbye = goodbye;
  }

  /**
   * @param size what the table holds now
   * @param what what it is a table of
   * @throws PbError when there is no room for one more
   */
  void requireRoom(int size, String what) {
    if (size <= most) {
      return;
    }
    String text = "Maximum PB " + what + " count exceeded.";
    if (++refusals > MAX_REFUSALS) {
      text += "  Goodbye.";
      goodbye.accept(text);
    }
    throw new PbError(PbError.PB_ERROR, text, List.of());
  }
}

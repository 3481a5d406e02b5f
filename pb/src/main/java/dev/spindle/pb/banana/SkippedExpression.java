// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.Arrays;

/**
 * An expression beyond a limit on its way past: counts what is still to come of each open list, so
 * that its end is found, and tells the pieces.
 *
 * <p>Takes memory for the depth alone, which has a bound of its own.
 */
final class SkippedExpression {
  private static final int FIRST_ROOM = 16;

  private final String reason;
  private final Pieces pieces;
  private long[] remaining = new long[FIRST_ROOM];
  private int depth;
  private boolean complete;
  private long spent;

  /** Bytes of a string that are still to be dropped. */
  private long dropping;

  /** The whole length of that string. */
  private long dropped;

  /**
   * @param reason what it exceeds
   */
  SkippedExpression(String reason, Pieces pieces) {
    this.reason = reason;
    this.pieces = pieces;
  }

  boolean isComplete() {
    return complete;
  }

  /** So many bytes of it have gone by. */
  void spent(long bytes) throws BananaException {
    spent = bytes;
    requireRoomFor(0);
  }

  /** What could not end within the bound is not waited for. */
  private void requireRoomFor(long bytes) throws BananaException {
    if (bytes > Pieces.MAX_BYTES - spent) {
      throw new BananaException(
          reason + ", and more than " + Pieces.MAX_BYTES + " bytes are not read past");
    }
  }

  void list(long size) throws BananaException {
    requireRoomFor(size); // Each element has a byte at least.
    taken();
    pieces.list(size);
    if (depth == Pieces.MAX_DEPTH) {
      throw new BananaException(
          "lists nested deeper than " + Pieces.MAX_DEPTH + ", even to be skipped");
    }
    if (depth == remaining.length) {
      remaining = Arrays.copyOf(remaining, 2 * depth);
    }
    remaining[depth++] = size;
    close();
  }

  void element(Object element) throws BananaException {
    if (element instanceof BananaList list) {
      list(list.size());
      for (Object member : list.elements) {
        element(member);
      }
      return;
    }
    taken();
    if (element instanceof ByteString string && string.size() > Pieces.MAX_SHORT_BYTES) {
      pieces.longString(string.size());
    } else {
      pieces.element(element);
    }
    close();
  }

  /**
   * Begins a string that is dropped as it arrives.
   *
   * @param toCome how many of its bytes have not arrived, at least one
   */
  void drop(long length, long toCome) throws BananaException {
    requireRoomFor(toCome);
    dropped = length;
    dropping = toCome;
  }

  boolean isDropping() {
    return dropping > 0;
  }

  /** How much of what has arrived is to be dropped. */
  int droppable(int arrived) {
    return (int) Math.min(dropping, arrived);
  }

  /** Drops from what has arrived, and answers how much of it. */
  int dropFrom(int arrived) throws BananaException {
    int taken = droppable(arrived);
    dropping -= taken;
    if (dropping == 0) {
      taken();
      pieces.longString(dropped);
      close();
    }
    return taken;
  }

  private void taken() {
    if (depth > 0) {
      remaining[depth - 1]--;
    }
  }

  /** Ends the lists of which nothing is to come any more. */
  private void close() throws BananaException {
    while (depth > 0 && remaining[depth - 1] == 0) {
      depth--;
      pieces.end();
    }
    complete = depth == 0;
  }
}

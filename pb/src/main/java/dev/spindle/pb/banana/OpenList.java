// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list whose elements are still arriving. Kept and used again for the next at its depth.
 *
 * <p>A long list gathers in parts, which are put together at its end: into one large array, the
 * collector would have to follow each element on its own.
 */
final class OpenList {
  private static final Object[] NONE = {};

  /** Room before anything has arrived: grows as it does. */
  private static final int FIRST_ROOM = 16;

  /** Longest part, in elements. */
  private static final int MAX_PART = 4096;

  private Object[] elements = NONE;
  private int filled;

  /** How many elements the part that is filled, and those behind it, will have. */
  private int toFill;

  /** The parts before the one that is filled, all of the longest; null when there are none. */
  private @Nullable List<Object[]> before;

  void begin(int announced) {
    toFill = announced;
    filled = 0;
    elements = new Object[Math.min(announced, FIRST_ROOM)];
  }

  /** Begins with what is there: room for all, and the first elements in it. */
  void begin(Object[] room, int count) {
    toFill = room.length;
    filled = count;
    elements = room;
  }

  void add(Object element) {
    if (filled == elements.length) {
      makeRoom();
    }
    elements[filled++] = element;
  }

  private void makeRoom() {
    if (filled < MAX_PART) {
      elements = Arrays.copyOf(elements, Math.min(Math.min(toFill, MAX_PART), 2 * filled));
      return;
    }
    if (before == null) {
      before = new ArrayList<>();
    }
    before.add(elements);
    toFill -= MAX_PART;
    elements = new Object[Math.min(toFill, MAX_PART)];
    filled = 0;
  }

  boolean isFull() {
    return filled == toFill;
  }

  BananaList close() {
    BananaList list = new BananaList(before == null ? elements : joined(before));
    elements = NONE;
    before = null;
    return list;
  }

  private int size() {
    return toFill + (before == null ? 0 : MAX_PART * before.size());
  }

  private Object[] joined(List<Object[]> parts) {
    Object[] whole = new Object[size()];
    int at = 0;
    for (Object[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    System.arraycopy(elements, 0, whole, at, filled);
    return whole;
  }

  /** Tells what has arrived, and keeps none of it. */
  void replay(SkippedExpression rest) throws BananaException {
    rest.list(size());
    if (before != null) {
      for (Object[] part : before) {
        replay(part, part.length, rest);
      }
    }
    replay(elements, filled, rest);
    elements = NONE;
    before = null;
  }

  private static void replay(Object[] part, int filled, SkippedExpression rest)
      throws BananaException {
    for (int i = 0; i < filled; i++) {
      rest.element(part[i]);
    }
  }
}

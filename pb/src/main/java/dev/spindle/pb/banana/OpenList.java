// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.Arrays;

/** A list whose elements are still arriving. Kept and used again for the next at its depth. */
final class OpenList {
  private static final Object[] NONE = {};

  /** Room before anything has arrived: grows as it does. */
  private static final int FIRST_ROOM = 16;

  private Object[] elements = NONE;
  private int size;
  private int filled;

  void begin(int announced) {
    size = announced;
    filled = 0;
    elements = new Object[Math.min(announced, FIRST_ROOM)];
  }

  void add(Object element) {
    if (filled == elements.length) {
      elements = Arrays.copyOf(elements, (int) Math.min(size, 2L * filled));
    }
    elements[filled++] = element;
  }

  boolean isFull() {
    return filled == size;
  }

  BananaList close() {
    BananaList list = new BananaList(elements);
    elements = NONE;
    return list;
  }

  /** Tells what has arrived, and keeps none of it. */
  void replay(SkippedExpression rest) throws BananaException {
    rest.list(size);
    for (int i = 0; i < filled; i++) {
      rest.element(elements[i]);
    }
    elements = NONE;
  }
}

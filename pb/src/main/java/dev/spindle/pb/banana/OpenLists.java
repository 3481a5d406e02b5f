// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lists of an expression that have begun and not ended, the innermost last. */
final class OpenLists {
  private static final int FIRST_ROOM = 8;

  private @Nullable OpenList[] lists = new OpenList[FIRST_ROOM];
  private int depth;

  /** Elements announced by all lists of the expression. */
  private long items;

  int depth() {
    return depth;
  }

  long items() {
    return items;
  }

  /** Counts the elements of a list of the expression, unless they would be too many. */
  boolean tryCount(long size, BananaLimits limits) {
    if (items + size > limits.maxItems()) {
      return false;
    }
    items += size;
    return true;
  }

  /** The next expression begins. */
  void begin() {
    items = 0;
  }

  void open(int size) {
    place(depth).begin(size);
    depth++;
  }

  /**
   * Opens a list of which the first elements have come. Of several, each within the one before, the
   * innermost is kept first.
   *
   * @param level how many lists it is within
   */
  void keep(int level, Object[] elements, int filled) {
    place(level).begin(elements, filled);
    depth = Math.max(depth, level + 1);
  }

  private OpenList place(int level) {
    if (level >= lists.length) {
      lists = Arrays.copyOf(lists, 2 * level);
    }
    OpenList list = lists[level];
    if (list == null) {
      list = new OpenList();
      lists[level] = list;
    }
    return list;
  }

  /** Puts an element in its place: the expression, if that is complete with it, else null. */
  @Nullable Object add(Object element) {
    Object complete = element;
    while (depth > 0) {
      OpenList list = at(depth - 1);
      list.add(complete);
      if (!list.isFull()) {
        return null;
      }
      complete = list.close();
      depth--;
    }
    return complete;
  }

  /** Tells what has arrived of them, and keeps none of it. */
  void replay(SkippedExpression rest) throws BananaException {
    int opened = depth;
    depth = 0;
    for (int i = 0; i < opened; i++) {
      at(i).replay(rest);
    }
  }

  private OpenList at(int index) {
    return java.util.Objects.requireNonNull(lists[index]);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import org.jspecify.annotations.Nullable;

/**
 * Reads elements that lie in the window whole, short lists with all that is in them: almost every
 * message. What is cut off, long or against a rule is left to {@link BananaReader}, which takes one
 * step at a time and knows what to say.
 *
 * <p>A list that is being read is a variable of the method that reads it. Only where the window
 * ends within, it becomes one of the {@link OpenLists}: to write fresh arrays into those, which are
 * old, for each list would make the collector's work of each.
 */
final class WholeElements {
  /** Longest list whose elements are given room before they have come. */
  private static final int MAX_LIST = 64;

  /** How many levels of lists are read in one go: each takes some of the thread's stack. */
  private static final int MAX_LEVELS = 32;

  /** Of the last seven bits that a long has room for. */
  private static final int MAX_SHIFT = 56;

  private final Window window;
  private final OpenLists open;
  private final StringCache strings = new StringCache();
  private boolean words;

  WholeElements(Window window, OpenLists open) {
    this.window = window;
    this.open = open;
  }

  /** From now on, words of the vocabulary may be abbreviated. */
  void useWords(boolean allowed) {
    words = allowed;
  }

  boolean takesWords() {
    return words;
  }

  /** Takes a string of so many bytes, which the window has. */
  ByteString string(int length) {
    return length <= StringCache.MAX_BYTES
        ? strings.read(window, length)
        : new ByteString(window.take(length));
  }

  /**
   * Reads the next element, within the lists that are open. Null when it is none of those that are
   * read here: then everything before it has been taken, and has its place.
   */
  @Nullable Object read(BananaLimits limits) {
    int depth = open.depth();
    return read(depth, Math.min(depth + MAX_LEVELS, limits.maxDepth()), limits);
  }

  private @Nullable Object read(int depth, int deepest, BananaLimits limits) {
    byte[] bytes = window.bytes;
    int end = window.end;
    int at = window.at;
    long prefix = 0;
    int shift = 0;
    int next;
    while (true) {
      if (at == end) {
        return null;
      }
      next = bytes[at++];
      if (next < 0) {
        break;
      }
      if (shift > MAX_SHIFT) {
        return null;
      }
      prefix |= (long) next << shift;
      shift += 7;
    }
    switch (next & 0xff) {
      case TypeByte.INTEGER, TypeByte.LARGE:
        window.at = at;
        return prefix;
      case TypeByte.NEGATIVE, TypeByte.LARGE_NEGATIVE:
        window.at = at;
        return -prefix;
      case TypeByte.STRING:
        if (prefix > end - at || prefix > limits.maxSize()) {
          return null;
        }
        window.at = at;
        return string((int) prefix);
      case TypeByte.WORD:
        if (!words || !Vocabulary.has(prefix)) {
          return null;
        }
        window.at = at;
        return Vocabulary.word((int) prefix);
      case TypeByte.FLOAT:
        if (Double.BYTES > end - at) {
          return null;
        }
        window.at = at;
        return window.takeDouble();
      case TypeByte.LIST:
        if (prefix > MAX_LIST || depth == deepest || !open.tryCount(prefix, limits)) {
          return null;
        }
        window.at = at;
        return prefix == 0 ? BananaList.EMPTY : list((int) prefix, depth, deepest, limits);
      default:
        return null;
    }
  }

  private @Nullable Object list(int size, int depth, int deepest, BananaLimits limits) {
    Object[] elements = new Object[size];
    for (int i = 0; i < size; i++) {
      Object element = read(depth + 1, deepest, limits);
      if (element == null) {
        open.keep(depth, elements, i);
        return null;
      }
      elements[i] = element;
    }
    return new BananaList(elements);
  }
}

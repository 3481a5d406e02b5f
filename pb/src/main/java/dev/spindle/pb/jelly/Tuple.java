// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A Python tuple: an immutable list that stays a tuple on the wire.
 *
 * <p>Equal to any list of equal elements, as {@link java.util.List} demands.
 */
public final class Tuple extends AbstractList<@Nullable Object> implements RandomAccess {
  private static final Tuple EMPTY = new Tuple(new Object[0]);

  /** Filled by the reader while a cycle through this tuple is still being read; else final. */
  final @Nullable Object[] elements;

  Tuple(@Nullable Object[] elements) {
    this.elements = elements;
  }

  public static Tuple of(@Nullable Object... elements) {
    return elements.length == 0 ? EMPTY : new Tuple(elements.clone());
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }
}

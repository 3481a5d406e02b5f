// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Banana list: an immutable sequence of expressions.
 *
 * <p>Thread: any. Equality and hash go into the depth, which the reader has limited.
 */
public final class BananaList {
  public static final BananaList EMPTY = new BananaList(new Object[0]);

  private static final int MAX_SHOWN = 20;

  final Object[] elements;

  /** Takes the array as its own. */
  BananaList(Object[] elements) {
    this.elements = elements;
  }

  public static BananaList of(Object... elements) {
    return new BananaList(elements.clone());
  }

  public int size() {
    return elements.length;
  }

  /**
   * @throws ArrayIndexOutOfBoundsException when there is no such element
   */
  public Object get(int index) {
    return elements[index];
  }

  public List<Object> asList() {
    return List.of(elements);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o || (o instanceof BananaList other && Arrays.equals(elements, other.elements));
  }

  /** Of its own elements; what is nested deeper counts by its size alone, however deep it is. */
  @Override
  public int hashCode() {
    int hash = elements.length;
    for (Object element : elements) {
      hash = 31 * hash + (element instanceof BananaList inner ? inner.size() : element.hashCode());
    }
    return hash;
  }

  /** The first elements; what is nested deeper is shown by its size alone. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(elements.length, MAX_SHOWN); i++) {
      text.append(i == 0 ? "" : " ");
      Object element = elements[i];
      text.append(element instanceof BananaList inner ? "[…" + inner.size() + "]" : element);
    }
    return text.append(elements.length > MAX_SHOWN ? " …]" : "]").toString();
  }
}

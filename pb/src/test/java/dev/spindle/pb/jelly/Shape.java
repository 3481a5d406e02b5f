// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value as text, with the identity of its containers: two values of the same shape have the same
 * members of the same types, and share and contain themselves in the same places. Unlike {@code
 * equals} it ends on a cycle.
 */
public final class Shape {
  private final StringBuilder text = new StringBuilder();
  private final IdentityHashMap<Object, Integer> met = new IdentityHashMap<>();

  private Shape() {}

  public static String of(@Nullable Object value) {
    Shape shape = new Shape();
    shape.add(value);
    return shape.text.toString();
  }

  private void add(@Nullable Object value) {
    if (value instanceof Collection || value instanceof Map) {
      addContainer(value);
    } else if (value instanceof Double number) {
      text.append("double ").append(Long.toHexString(Double.doubleToRawLongBits(number)));
    } else if (value == null) {
      text.append("null");
    } else {
      text.append(value.getClass().getSimpleName()).append(' ').append(value);
    }
  }

  private void addContainer(Object value) {
    Integer known = met.putIfAbsent(value, met.size() + 1);
    if (known != null) {
      text.append('#').append(known);
      return;
    }
    text.append(kind(value)).append('#').append(met.size()).append('(');
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, member) -> {
            add(key);
            text.append(": ");
            add(member);
            text.append(", ");
          });
    } else {
      for (Object member : (Collection<?>) value) {
        add(member);
        text.append(", ");
      }
    }
    text.append(')');
  }

  private static String kind(Object value) {
    if (value instanceof Map) {
      return "dict";
    }
    if (value instanceof Tuple) {
      return "tuple";
    }
    if (value instanceof FrozenSet) {
      return "frozenset";
    }
    if (value instanceof Set) {
      return "set";
    }
    return value instanceof List ? "list" : value.getClass().getName();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A declared type with its type variables replaced: {@code List<Point>}.
 *
 * @param raw its class
 * @param arguments its type arguments, or the component of an array; empty when none were given
 * @param isNullable whether the declaration says that null is allowed
 */
record DeclaredType(Class<?> raw, List<DeclaredType> arguments, boolean isNullable) {

  /** Deepest type arguments in each other: {@code record R<T>(R<List<T>> next)} has no end. */
  static final int MAX_NESTING = 32;

  static final DeclaredType OBJECT = of(Object.class);

  static DeclaredType of(Class<?> raw) {
    return new DeclaredType(
        raw, raw.isArray() ? List.of(of(raw.getComponentType())) : List.of(), false);
  }

  DeclaredType argument(int index) {
    return arguments.isEmpty() ? OBJECT : arguments.get(index);
  }

  DeclaredType nullable() {
    return new DeclaredType(raw, arguments, true);
  }

  int nesting() {
    int deepest = 0;
    for (DeclaredType argument : arguments) {
      deepest = Math.max(deepest, argument.nesting());
    }
    return deepest + 1;
  }

  @Override
  public String toString() {
    return raw.isArray() || arguments.isEmpty()
        ? raw.getTypeName()
        : raw.getTypeName()
            + arguments.stream()
                .map(DeclaredType::toString)
                .collect(Collectors.joining(", ", "<", ">"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import org.jspecify.annotations.Nullable;

/** A type without parts: nothing of the whole value matters to it. */
abstract class ScalarConverter extends Converter {
  @Override
  public abstract @Nullable Object read(@Nullable Object wire);

  @Override
  public abstract @Nullable Object write(@Nullable Object value);

  @Override
  final @Nullable Object read(@Nullable Object wire, Conversion whole) {
    return read(wire);
  }

  @Override
  final @Nullable Object write(@Nullable Object value, Conversion whole) {
    return write(value);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The three optional numbers: None when empty. */
final class OptionalNumberConverter extends ScalarConverter {
  private final Class<?> type;
  private final Converter present;

  private OptionalNumberConverter(Class<?> type, Class<?> number) {
    this.type = type;
    this.present = new PlainConverter(number);
  }

  static @Nullable Converter of(Class<?> type) {
    if (type == OptionalInt.class) {
      return new OptionalNumberConverter(type, int.class);
    }
    if (type == OptionalLong.class) {
      return new OptionalNumberConverter(type, long.class);
    }
    return type == OptionalDouble.class ? new OptionalNumberConverter(type, double.class) : null;
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (type == OptionalInt.class) {
      return wire == null ? OptionalInt.empty() : OptionalInt.of((int) present(wire));
    }
    if (type == OptionalLong.class) {
      return wire == null ? OptionalLong.empty() : OptionalLong.of((long) present(wire));
    }
    return wire == null ? OptionalDouble.empty() : OptionalDouble.of((double) present(wire));
  }

  private Object present(Object wire) {
    return java.util.Objects.requireNonNull(present.read(wire));
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? number.getAsDouble() : null;
    }
    throw mismatch(value);
  }

  @Override
  public String pythonName() {
    return present.pythonName();
  }

  @Override
  public boolean isOptional() {
    return true;
  }
}

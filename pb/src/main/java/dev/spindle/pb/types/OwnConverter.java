// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type whose user says how it travels. */
final class OwnConverter<T> extends ScalarConverter {
  private final Class<T> type;
  private final Function<? super T, ? extends @Nullable Object> written;
  private final Function<Object, ? extends T> made;

  OwnConverter(
      Class<T> type,
      Function<? super T, ? extends @Nullable Object> written,
      Function<Object, ? extends T> made) {
    this.type = type;
    this.written = written;
    this.made = made;
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (wire == null) {
      throw mismatch(null);
    }
    T value;
    try {
      value = made.apply(wire);
    } catch (ClassCastException e) {
      throw mismatch(wire);
    } catch (RuntimeException e) {
      throw new MismatchException("must be " + pythonName() + ": " + e.getMessage());
    }
    if (value == null) {
      throw new MismatchException("must be " + pythonName() + ": it became nothing");
    }
    return value;
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    if (!type.isInstance(value)) {
      throw mismatch(value);
    }
    return written.apply(type.cast(value));
  }

  @Override
  public String pythonName() {
    return type.getSimpleName();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Optional}: None when empty. */
final class OptionalConverter extends Converter {
  private final Converter present;

  /**
   * @throws IllegalArgumentException when None already says that there is none of it
   */
  OptionalConverter(Converter present) {
    if (present.isOptional()) {
      throw new IllegalArgumentException(
          "an Optional of what may itself be absent cannot travel: None says it only once");
    }
    this.present = present;
  }

  @Override
  Object read(@Nullable Object wire, Conversion whole) {
    return wire == null ? Optional.empty() : Optional.ofNullable(present.read(wire, whole));
  }

  @Override
  @Nullable Object write(@Nullable Object value, Conversion whole) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Optional<?> optional)) {
      throw mismatch(value);
    }
    return optional.isPresent() ? present.write(optional.get(), whole) : null;
  }

  @Override
  public String pythonName() {
    return present.pythonName();
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  Converter hashed() {
    return new OptionalConverter(present.hashed());
  }
}

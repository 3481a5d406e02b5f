// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Optional}: None when empty. */
final class OptionalConverter extends Converter {
  private final Converter present;

  OptionalConverter(Converter present) {
    this.present = present;
  }

  @Override
  public Object read(@Nullable Object wire) {
    return wire == null ? Optional.empty() : Optional.ofNullable(present.read(wire));
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    return value instanceof Optional<?> optional && optional.isPresent()
        ? present.write(optional.get())
        : null;
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

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import org.jspecify.annotations.Nullable;

/** A type of which there may be none: None, or what is left out. */
final class NullableConverter extends Converter {
  private final Converter present;

  NullableConverter(Converter present) {
    this.present = present;
  }

  @Override
  @Nullable Object read(@Nullable Object wire, Conversion whole) {
    return wire == null ? null : present.read(wire, whole);
  }

  @Override
  @Nullable Object write(@Nullable Object value, Conversion whole) {
    return value == null ? null : present.write(value, whole);
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
    return new NullableConverter(present.hashed());
  }
}

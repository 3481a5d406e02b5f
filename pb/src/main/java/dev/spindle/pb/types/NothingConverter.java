// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import org.jspecify.annotations.Nullable;

/** The answer of a method that has none. */
final class NothingConverter extends ScalarConverter {
  static final Converter NOTHING = new NothingConverter();

  private NothingConverter() {}

  @Override
  public @Nullable Object read(@Nullable Object wire) {
    return null;
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    return null;
  }

  @Override
  public String pythonName() {
    return "None";
  }
}

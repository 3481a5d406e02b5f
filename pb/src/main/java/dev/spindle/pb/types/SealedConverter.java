// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyReader;
import org.jspecify.annotations.Nullable;

/** Instances of the classes that a sealed type permits, which travel as copies or references. */
final class SealedConverter extends ScalarConverter {
  private final Class<?> type;
  private final String names;

  SealedConverter(Class<?> type, String names) {
    this.type = type;
    this.names = names;
  }

  @Override
  public Object read(@Nullable Object wire) {
    return checked(wire);
  }

  @Override
  public Object write(@Nullable Object value) {
    return checked(value);
  }

  private Object checked(@Nullable Object value) {
    if (!type.isInstance(value) || JellyReader.isUnmade(value)) {
      throw mismatch(value);
    }
    return value;
  }

  @Override
  public String pythonName() {
    return names;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyReader;
import org.jspecify.annotations.Nullable;

/** A type whose values travel as they are. */
final class PlainConverter extends Converter {
  private final Class<?> type;

  PlainConverter(Class<?> type) {
    this.type = type;
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (wire == null || JellyReader.isUnmade(wire)) {
      throw mismatch(wire);
    }
    return PlainTypes.convert(wire, type);
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    return value;
  }

  @Override
  public String pythonName() {
    return PlainTypes.pythonName(type);
  }
}

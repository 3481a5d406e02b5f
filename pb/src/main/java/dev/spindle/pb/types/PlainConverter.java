// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyReader;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** A type whose values travel as they are. */
final class PlainConverter extends ScalarConverter {
  private final Class<?> type;
  private final Class<?> boxed;

  PlainConverter(Class<?> type) {
    this.type = type;
    this.boxed = MethodType.methodType(type).wrap().returnType();
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (wire == null || JellyReader.isUnmade(wire)) {
      throw mismatch(wire);
    }
    return PlainTypes.convert(wire, type);
  }

  @Override
  public Object write(@Nullable Object value) {
    if (!boxed.isInstance(value)) {
      throw mismatch(value);
    }
    return value;
  }

  @Override
  public String pythonName() {
    return PlainTypes.pythonName(type);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record: the copy that it was registered as, else a dict of its components. */
final class RecordConverter extends Converter {
  private final Class<?> type;
  private final Converters converters;

  RecordConverter(Class<?> type, Converters converters) {
    this.type = type;
    this.converters = converters;
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (type.isInstance(wire)) {
      return wire;
    }
    if (!(wire instanceof Map<?, ?> attributes)) {
      throw mismatch(wire);
    }
    return converters.shapeOf(type).made(Attributes.of(attributes));
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    return value == null || converters.isSentAsCopy(type)
        ? value
        : converters.shapeOf(type).attributes(value);
  }

  @Override
  public String pythonName() {
    return type.getSimpleName();
  }
}

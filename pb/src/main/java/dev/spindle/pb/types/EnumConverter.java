// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enum, by the text of a constant's name. */
final class EnumConverter extends ScalarConverter {
  /** Most characters of a wrong name, or of the right ones, that are told. */
  private static final int MAX_TOLD = 200;

  private final Class<?> type;
  private final Map<String, Object> byName = new LinkedHashMap<>();

  EnumConverter(Class<?> type) {
    this.type = type;
    Arrays.stream(type.getEnumConstants())
        .forEach(constant -> byName.put(((Enum<?>) constant).name(), constant));
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (type.isInstance(wire)) {
      return wire;
    }
    if (!(wire instanceof String name)) {
      throw mismatch(wire);
    }
    Object constant = byName.get(name);
    if (constant == null) {
      throw new MismatchException(
          (byName.size() > 1 ? "must be one of " : "must be ")
              + told(String.join(", ", byName.keySet()))
              + ", not '"
              + told(name)
              + "'");
    }
    return constant;
  }

  private static String told(String text) {
    return text.length() <= MAX_TOLD ? text : text.substring(0, MAX_TOLD) + "…";
  }

  @Override
  public Object write(@Nullable Object value) {
    if (!type.isInstance(value)) {
      throw mismatch(value);
    }
    return ((Enum<?>) value).name();
  }

  @Override
  public String pythonName() {
    return "str";
  }
}

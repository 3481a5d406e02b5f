// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A map, by its keys and values; passed on as it is when each of them travels as it is. */
final class MapConverter extends Converter {
  /** Most characters of a key that are told. */
  private static final int MAX_TOLD = 40;

  private final Converter keys;
  private final Converter values;

  MapConverter(Converter keys, Converter values) {
    this.keys = keys;
    this.values = values;
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (!(wire instanceof Map<?, ?> map)) {
      throw mismatch(wire);
    }
    return converted(map, Converter::read);
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? converted(map, Converter::write) : value;
  }

  private Object converted(
      Map<?, ?> map, BiFunction<Converter, @Nullable Object, @Nullable Object> conversion) {
    if (keys == ANYTHING && values == ANYTHING) {
      return map;
    }
    Map<@Nullable Object, @Nullable Object> copies =
        new LinkedHashMap<>(Math.max(16, 2 * map.size()));
    boolean changed = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      Object value = entry.getValue();
      try {
        Object keyCopy = conversion.apply(keys, key);
        Object valueCopy = conversion.apply(values, value);
        changed |= keyCopy != key || valueCopy != value;
        copies.put(keyCopy, valueCopy);
      } catch (MismatchException e) {
        throw e.in("[" + told(key) + "]");
      }
    }
    return changed ? copies : map;
  }

  private static String told(@Nullable Object key) {
    if (key instanceof String text) {
      return "'" + (text.length() <= MAX_TOLD ? text : text.substring(0, MAX_TOLD) + "…") + "'";
    }
    return key instanceof Number ? key.toString() : "…";
  }

  @Override
  public String pythonName() {
    return "dict";
  }
}

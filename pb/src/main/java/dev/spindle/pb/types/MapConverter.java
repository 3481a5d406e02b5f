// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map, by its keys and values; passed on as it is when each of them travels as it is. */
final class MapConverter extends Converter {
  /** Most characters of a key that are told. */
  private static final int MAX_TOLD = 40;

  private final MapKind kind;
  private final Class<?> keyClass;
  private final Converter keys;
  private final Converter values;

  /**
   * @throws IllegalArgumentException when Python cannot have such keys
   */
  MapConverter(MapKind kind, Class<?> keyClass, Converter keys, Converter values) {
    this.kind = kind;
    this.keyClass = keyClass;
    this.keys = keys.hashed();
    this.values = values;
  }

  private boolean isPassedOn() {
    return keys == ANYTHING && values == ANYTHING;
  }

  @Override
  Object read(@Nullable Object wire, Conversion whole) {
    if (!(wire instanceof Map<?, ?> map)) {
      throw mismatch(wire);
    }
    if (isPassedOn() && kind.declared().isInstance(map)) {
      return map;
    }
    Object known = whole.known(this, map);
    return known != null ? known : whole.made(this, map, map.size(), made(map, whole));
  }

  private Object made(Map<?, ?> map, Conversion whole) {
    Map<@Nullable Object, @Nullable Object> copies =
        kind.declared().isInstance(map) ? null : kind.empty(keyClass);
    int index = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      try {
        Object keyCopy = keys.read(key, whole);
        Object valueCopy = values.read(entry.getValue(), whole);
        if (copies == null && (keyCopy != key || valueCopy != entry.getValue())) {
          copies = begun(kind.empty(keyClass), map, index);
        }
        if (copies != null) {
          copies.put(keyCopy, valueCopy);
        }
      } catch (MismatchException e) {
        throw e.in("[" + told(key) + "]");
      } catch (ClassCastException | NullPointerException e) {
        throw new MismatchException(
            "has keys that a " + kind.declared().getSimpleName() + " cannot hold together");
      }
      index++;
    }
    if (copies == null) {
      return map;
    }
    if (copies.size() < map.size()) {
      throw new MismatchException("has two keys that are one " + keyClass.getSimpleName());
    }
    return copies;
  }

  /** A copy with so many of the first entries, which travel as they are. */
  private static Map<@Nullable Object, @Nullable Object> begun(
      Map<@Nullable Object, @Nullable Object> copies, Map<?, ?> map, int count) {
    Iterator<? extends Map.Entry<?, ?>> first = map.entrySet().iterator();
    for (int i = 0; i < count; i++) {
      Map.Entry<?, ?> entry = first.next();
      copies.put(entry.getKey(), entry.getValue());
    }
    return copies;
  }

  @Override
  Object write(@Nullable Object value, Conversion whole) {
    if (!(value instanceof Map<?, ?> map)) {
      throw mismatch(value);
    }
    if (isPassedOn()) {
      return map;
    }
    Map<@Nullable Object, @Nullable Object> copies = null;
    int index = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      try {
        Object keyCopy = keys.write(key, whole);
        Object valueCopy = values.write(entry.getValue(), whole);
        if (copies == null && (keyCopy != key || valueCopy != entry.getValue())) {
          copies = begun(new LinkedHashMap<>(2 * map.size()), map, index);
        }
        if (copies != null) {
          copies.put(keyCopy, valueCopy);
        }
      } catch (MismatchException e) {
        throw e.in("[" + told(key) + "]");
      }
      index++;
    }
    return copies == null ? map : copies;
  }

  private static String told(@Nullable Object key) {
    if (key instanceof String text) {
      return "'" + (text.length() <= MAX_TOLD ? text : text.substring(0, MAX_TOLD) + "…") + "'";
    }
    return key instanceof Number || key instanceof Enum ? key.toString() : "…";
  }

  @Override
  public String pythonName() {
    return "dict";
  }

  @Override
  Converter hashed() {
    throw new IllegalArgumentException("Python cannot hash a dict: a Map is no key and no member");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A declared class of maps, and how one is made.
 *
 * @param isSorted whether its keys must compare with each other
 */
record MapKind(
    Class<?> declared,
    boolean isSorted,
    Function<Class<?>, Map<@Nullable Object, @Nullable Object>> maker) {

  private static final Map<Class<?>, MapKind> ALL = new HashMap<>();

  static {
    for (Class<?> each : List.of(Map.class, HashMap.class, LinkedHashMap.class)) {
      ALL.put(each, new MapKind(each, false, key -> new LinkedHashMap<>()));
    }
    for (Class<?> each : List.of(SortedMap.class, NavigableMap.class, TreeMap.class)) {
      ALL.put(each, new MapKind(each, true, key -> new TreeMap<>()));
    }
    ALL.put(EnumMap.class, new MapKind(EnumMap.class, false, MapKind::enumMap));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an enum, or EnumMap could not be declared of it
  private static Map<@Nullable Object, @Nullable Object> enumMap(Class<?> key) {
    return (Map) new EnumMap((Class) key);
  }

  static @Nullable MapKind of(Class<?> declared) {
    return ALL.get(declared);
  }

  Map<@Nullable Object, @Nullable Object> empty(Class<?> key) {
    return maker.apply(key);
  }
}

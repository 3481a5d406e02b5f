// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that most connections never put anything into: it takes next to no room until they do.
 * There are half a dozen of them for each of what may be ten thousand connections at rest.
 */
final class RareMap<K, V extends @Nullable Object> {
  private @Nullable Map<K, V> entries;

  int size() {
    return entries == null ? 0 : entries.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  boolean has(K key) {
    return entries != null && entries.containsKey(key);
  }

  @Nullable V get(K key) {
    return entries == null ? null : entries.get(key);
  }

  void put(K key, V value) {
    if (entries == null) {
      entries = new HashMap<>();
    }
    entries.put(key, value);
  }

  @Nullable V remove(K key) {
    return entries == null ? null : entries.remove(key);
  }

  Collection<V> values() {
    return entries == null ? List.of() : entries.values();
  }

  void clear() {
    entries = null;
  }
}

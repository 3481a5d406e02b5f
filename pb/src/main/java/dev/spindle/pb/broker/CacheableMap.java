// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map of which the other sides keep copies: each gets the entries once, as its attribute {@code
 * entries}, then {@code put(key, value)} and {@code removed(key)} for whatever changes.
 *
 * <p>Keys and values are what can be sent, and must not change: put another value instead. An
 * object of one's own that is a {@link Cacheable} and changes on several threads looks like this
 * one inside.
 *
 * <p>Thread: any; changes arrive everywhere in the order in which they were made.
 */
public final class CacheableMap<K, V> implements Cacheable {
  private final String tag;
  private final Map<K, V> entries = new LinkedHashMap<>();
  private final List<Observer> observers = new ArrayList<>();

  /**
   * @param tag the name of the type on the wire, for which the other side has a class
   */
  public CacheableMap(String tag) {
    this.tag = tag;
  }

  /** The value of a key, or null. */
  public synchronized @Nullable V get(K key) {
    return entries.get(key);
  }

  /** The entries as they are now. */
  public synchronized Map<K, V> entries() {
    return new LinkedHashMap<>(entries);
  }

  /** Tells nobody of a value that is there already. */
  public synchronized void put(K key, V value) {
    boolean isNew = !entries.containsKey(key);
    if (!Objects.equals(entries.put(key, value), value) || isNew) {
      observers.forEach(observer -> observer.send("put", key, value));
    }
  }

  public synchronized void remove(K key) {
    if (entries.containsKey(key)) {
      entries.remove(key);
      observers.forEach(observer -> observer.send("removed", key));
    }
  }

  @Override
  public String tag() {
    return tag;
  }

  @Override
  public synchronized Object stateFor(Observer observer) {
    observers.add(observer);
    return Map.of("entries", new LinkedHashMap<>(entries));
  }

  @Override
  public synchronized void stoppedObserving(Observer observer) {
    observers.remove(observer);
  }

  @Override
  public synchronized String toString() {
    return tag + entries;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.jelly.TagReader;
import dev.spindle.pb.types.RemoteCache;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Our copies of objects of the other side, by its numbers for them.
 *
 * <p>Thread: the connection's. Source: reference, section 11.2.
 */
final class CacheImports {
  private final Broker broker;
  private final Types types;
  private final MethodTables tables;
  private final int most;

  /** Null for one that could not be read, whose end is yet to come. */
  private final RareMap<Object, @Nullable CacheImport> byNumber = new RareMap<>();

  /** Occurrences counted in the value under way: taken back if it cannot be read. */
  private final List<CacheHolding> counted = new ArrayList<>();

  /** Copies begun in the value under way. */
  private final List<CacheImport> begun = new ArrayList<>();

  CacheImports(Broker broker, Types types, int most) {
    this.broker = broker;
    this.types = types;
    this.tables = MethodTables.of(types);
    this.most = most;
  }

  int size() {
    return byNumber.size();
  }

  /** Whether this number is one of a cache, read or not. */
  boolean isKnown(Object number) {
    return byNumber.has(number);
  }

  @Nullable CacheImport get(Object number) {
    return byNumber.get(number);
  }

  // ---- reading ----

  boolean isRegistered(ByteString tag) {
    return types.cacheOf(tag) != null;
  }

  /** Reads the caches of a tag, or null when it is not registered. */
  @Nullable TagReader readerOf(ByteString tag) {
    Supplier<? extends RemoteCache> made = types.cacheOf(tag);
    return made == null ? null : (list, reader) -> first(list, reader, made);
  }

  /** {@code [tag n state]} */
  private Cached first(
      BananaList list, JellyReader reader, Supplier<? extends RemoteCache> supplier)
      throws RefusedValueException {
    if (list.size() < 3) {
      throw new RefusedValueException(Fault.INDEX, "a cache without number or state: " + list);
    }
    if (!(list.get(1) instanceof Long number)) {
      throw new RefusedValueException(Fault.TYPE, "the number of a cache: " + list.get(1));
    }
    if (byNumber.has(number)) {
      throw new RefusedValueException(Fault.VALUE, "cache " + number + " is sent a second time");
    }
    if (isFull()) {
      throw new RefusedValueException(Fault.VALUE, "more than " + most + " caches at once");
    }
    CacheImport cache =
        users(list, () -> new CacheImport(number, Objects.requireNonNull(supplier.get()), tables));
    byNumber.put(number, cache);
    begun.add(cache);
    Cached cached = count(cache);
    reader.begin(cached);
    Object state = reader.part(list.get(2));
    reader.whenRead(
        () ->
            users(
                list,
                () -> {
                  cache.copy().setState(state);
                  return cached;
                }));
    return cached;
  }

  private static <T> T users(BananaList list, Supplier<T> code) throws RefusedValueException {
    try {
      return code.get();
    } catch (RuntimeException e) {
      throw new RefusedValueException(Fault.VALUE, "a cache of " + list.get(0) + ": " + e);
    }
  }

  /** {@code [cached n]} */
  Cached again(Object number) throws RefusedValueException {
    CacheImport cache = byNumber.get(number);
    if (cache == null) {
      throw new RefusedValueException(Fault.KEY, number.toString());
    }
    return count(cache);
  }

  private Cached count(CacheImport cache) {
    Cached cached = cache.holder();
    if (cached == null) {
      CacheHolding holding = new CacheHolding(broker, cache.number);
      cached = new Cached(broker, holding, cache.copy());
      holding.releaseWhenUnreachable(cached);
      cache.held(cached);
    }
    cached.holding().count++;
    counted.add(cached.holding());
    return cached;
  }

  /** The value was read whole. */
  void commit() {
    if (!counted.isEmpty()) {
      counted.clear();
      begun.clear();
    }
  }

  /** The value was refused: {@link UnreadDebts} deals with all of it instead. */
  void rollBack() {
    counted.forEach(holding -> holding.count--);
    counted.clear();
    begun.forEach(cache -> byNumber.remove(cache.number));
    begun.clear();
  }

  /**
   * Notes a cache that cannot be read; false when there is no room, so that it may as well not be
   * there: the other side is to keep it until the connection ends.
   */
  boolean abandon(Object number) {
    if (isFull()) {
      return false;
    }
    if (!byNumber.has(number)) {
      byNumber.put(number, null);
    }
    return true;
  }

  private boolean isFull() {
    return byNumber.size() > most;
  }

  // ---- ending ----

  /** Ends a holding and answers with the occurrences to pay back. */
  int release(CacheHolding holding) {
    int owed = byNumber.has(holding.id) ? holding.count : 0;
    holding.count = 0;
    return owed;
  }

  /**
   * The other side ends a copy.
   *
   * @throws BananaException when there is none of this number
   */
  void uncache(Object number) throws BananaException {
    if (!byNumber.has(number)) {
      throw new BananaException(Messages.UNCACHE + " of an unknown cache " + number);
    }
    CacheImport cache = byNumber.remove(number);
    if (cache != null) {
      Cached.end(cache.holder());
    }
  }

  /** The connection ended: the copies stay as they are. */
  void clear() {
    for (CacheImport cache : byNumber.values()) {
      if (cache != null) {
        Cached.end(cache.holder());
      }
    }
    byNumber.clear();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.Form;
import dev.spindle.pb.jelly.JellyReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of ours of which the other side keeps a copy, and how often it holds each.
 *
 * <p>Thread: the connection's. Source: reference, section 11.2.
 */
final class CacheExports {

  /** An object as one perspective sees it; both are told apart by what they are. */
  private record Sight(Cacheable object, @Nullable Object perspective) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Sight sight
          && sight.object == object
          && sight.perspective == perspective;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(object) + System.identityHashCode(perspective);
    }
  }

  private final Broker broker;
  private final Exports exports;
  private final TableLimit limit;
  private final RareMap<Object, CacheExport> byNumber = new RareMap<>();
  private final RareMap<Sight, CacheExport> kept = new RareMap<>();

  CacheExports(Broker broker, Exports exports, TableLimit limit) {
    this.broker = broker;
    this.exports = exports;
    this.limit = limit;
  }

  int size() {
    return byNumber.size();
  }

  /** Whether the other side has a copy, so that {@link #again} names it. */
  boolean isKept(Cacheable object, @Nullable Object perspective) {
    return !kept.isEmpty() && kept.has(new Sight(object, perspective));
  }

  /** Counts one more occurrence of {@code [cached n]} and answers with n. */
  long again(Cacheable object, @Nullable Object perspective) {
    CacheExport cache = kept.get(new Sight(object, perspective));
    if (cache == null) {
      throw new UnsendableException(object.tag() + " stopped being kept while it was being sent");
    }
    exports.count(cache);
    return (Long) cache.id;
  }

  /**
   * Begins a copy: {@code [tag n state]}.
   *
   * @throws PbError when the other side keeps too many
   */
  Form first(Cacheable object, @Nullable Object perspective) {
    limit.requireRoom(byNumber.size(), "cache");
    ByteString tag = ByteString.utf8(object.tag());
    if (JellyReader.isReserved(tag)) {
      throw new UnsendableException(
          "a cache cannot have the tag '" + object.tag() + "', which is the protocol's own");
    }
    Observer observer = new Observer(broker, exports.nextNumber(), perspective);
    @Nullable Object state;
    try {
      state = object.stateFor(observer);
    } catch (RuntimeException | Error e) {
      observer.end();
      throw e;
    }
    CacheExport cache = new CacheExport(object, observer, this);
    byNumber.put(cache.id, cache);
    kept.put(new Sight(object, perspective), cache);
    exports.count(cache);
    return new Form(tag, Arrays.asList(cache.id, state));
  }

  /** The object of {@code [lcache n]}, or null. */
  @Nullable Cacheable get(Object number) {
    CacheExport cache = byNumber.get(number);
    return cache == null ? null : cache.object();
  }

  /**
   * Pays back one occurrence; at the last, observation ends.
   *
   * @throws BananaException when no copy that is kept has this number
   */
  void decache(Object number) throws BananaException {
    CacheExport cache = byNumber.get(number);
    if (cache == null || cache.isRetired()) {
      throw new BananaException(Messages.DECACHE + " of an unknown cache " + number);
    }
    if (--cache.count == 0) {
      // What other threads said before this may mention it once more.
      broker.updates().sendAll();
    }
    if (cache.count == 0) {
      end(cache);
    }
  }

  private void end(CacheExport cache) {
    kept.remove(new Sight(cache.object(), cache.observer().perspectiveOrNull()));
    cache.stoppedObserving();
    broker.updates().sendAll();
    cache.observer().end();
    broker.debts().uncache(cache.id);
    if (cache.mentions == 0) {
      forget(cache);
    }
  }

  /** The only message that had it was not sent: there is no copy. */
  void unsent(CacheExport cache) {
    kept.remove(new Sight(cache.object(), cache.observer().perspectiveOrNull()));
    forget(cache);
    cache.observer().end();
    cache.stoppedObserving();
  }

  void forget(CacheExport cache) {
    byNumber.remove(cache.id);
  }

  /** The connection ended, and with it every observation. */
  void clear() {
    List<CacheExport> ending = List.copyOf(kept.values());
    byNumber.clear();
    kept.clear();
    ending.forEach(cache -> cache.observer().end());
    ending.forEach(CacheExport::stoppedObserving);
    broker.updates().sendAll();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.Cacheable;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Observer;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.types.RemoteCache;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ponds that are copied once and kept up to date; {@code gardens.py} is its twin.
 *
 * <p>Thread: any.
 */
final class Garden implements Referenceable {
  private static final String TAG = "gardens.Pond";

  /** What connections about gardens read. */
  static final Types TYPES = Types.builder().caches(TAG, PondCopy::new).build();

  final Pond pond = new Pond();

  // ---- for Twisted, as a holder ----

  @Exposed
  Pond pond() {
    return pond;
  }

  @Exposed
  List<Pond> two() {
    return List.of(pond, pond);
  }

  @Exposed
  boolean isPond(Object value) {
    return value == pond;
  }

  @Exposed
  CompletableFuture<List<@Nullable Object>> add(String duck) {
    return pond.add(duck);
  }

  /** What others have copies of. */
  static final class Pond implements Cacheable {
    private final List<String> ducks = new ArrayList<>(List.of("mallard"));
    private final List<Observer> observers = new ArrayList<>();
    private final boolean holdsItself;

    Pond() {
      this(false);
    }

    Pond(boolean holdsItself) {
      this.holdsItself = holdsItself;
    }

    @Override
    public String tag() {
      return TAG;
    }

    @Override
    public synchronized Object stateFor(Observer observer) {
      observers.add(observer);
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("ducks", new ArrayList<>(ducks));
      if (holdsItself) {
        state.put("itself", List.of(this));
      }
      return state;
    }

    @Override
    public synchronized void stoppedObserving(Observer observer) {
      observers.remove(observer);
      observer.send("farewell");
    }

    synchronized CompletableFuture<List<@Nullable Object>> add(String duck) {
      ducks.add(duck);
      return tell("added", duck);
    }

    synchronized CompletableFuture<List<@Nullable Object>> tell(String method, Object... args) {
      List<CompletableFuture<@Nullable Object>> told =
          observers.stream().map(observer -> observer.call(method, args)).toList();
      return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
          .thenApply(done -> new ArrayList<>(told.stream().map(CompletableFuture::join).toList()));
    }

    synchronized List<String> ducks() {
      return List.copyOf(ducks);
    }

    synchronized int observers() {
      return observers.size();
    }
  }

  /** A copy of Twisted's. */
  static final class PondCopy implements RemoteCache {
    private final List<Object> ducks = new ArrayList<>();
    private @Nullable List<?> itself;
    private int farewells;

    @Override
    public synchronized void setState(@Nullable Object state) {
      Map<String, @Nullable Object> attributes = RemoteCache.attributes(state);
      ducks.addAll((List<?>) Objects.requireNonNull(attributes.get("ducks")));
      itself = (List<?>) attributes.get("itself");
    }

    @Exposed
    synchronized int added(Object duck) {
      ducks.add(duck);
      return ducks.size();
    }

    @Exposed
    synchronized void farewell() {
      farewells++;
    }

    synchronized List<Object> ducks() {
      return List.copyOf(ducks);
    }

    synchronized int farewells() {
      return farewells;
    }

    /** Who holds it, by its own account. */
    synchronized Object itself() {
      return Objects.requireNonNull(itself).get(0);
    }
  }
}

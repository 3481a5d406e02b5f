// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.pb.broker.Cacheable;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Observer;
import dev.spindle.pb.types.RemoteCache;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What others have copies of. Thread: any. */
final class Pond implements Cacheable {
  private static final String TAG = "conversations.caches.Pond";

  static final Types TYPES = Types.builder().caches(TAG, Copy::new).build();

  private final List<String> ducks;
  private final List<Observer> observers = new ArrayList<>();
  private CompletableFuture<Integer> left = new CompletableFuture<>();

  Pond(String... ducks) {
    this.ducks = new ArrayList<>(Arrays.asList(ducks));
  }

  @Override
  public String tag() {
    return TAG;
  }

  @Override
  public synchronized Object stateFor(Observer observer) {
    observers.add(observer);
    return Map.of("ducks", List.copyOf(ducks));
  }

  @Override
  public void stoppedObserving(Observer observer) {
    told(observer).complete(observers.size());
  }

  private synchronized CompletableFuture<Integer> told(Observer gone) {
    observers.remove(gone);
    CompletableFuture<Integer> waiting = left;
    left = new CompletableFuture<>();
    return waiting;
  }

  /** Completes when somebody has let go of a copy, with how many there are then. */
  synchronized CompletableFuture<Integer> left() {
    return left;
  }

  /** Tells who has a copy; what each answered. */
  synchronized CompletableFuture<List<@Nullable Object>> add(String duck) {
    ducks.add(duck);
    List<CompletableFuture<@Nullable Object>> told =
        observers.stream().map(observer -> observer.call("added", duck)).toList();
    return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
        .thenApply(done -> new ArrayList<>(told.stream().map(CompletableFuture::join).toList()));
  }

  /** One of the other side's. */
  static final class Copy implements RemoteCache {
    private final List<Object> ducks = new CopyOnWriteArrayList<>();

    @Override
    public void setState(@Nullable Object state) {
      Object all = Objects.requireNonNull(RemoteCache.attributes(state).get("ducks"));
      ducks.addAll((List<?>) all);
    }

    @Exposed
    int added(Object duck) {
      ducks.add(duck);
      return ducks.size();
    }

    List<Object> ducks() {
      return ducks;
    }
  }
}

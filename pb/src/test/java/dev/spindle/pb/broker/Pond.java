// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The Cacheable of the recorded sessions: ducks, and whoever watches them. */
class Pond implements Cacheable {
  static final String TAG = "samples.Pond";

  final List<String> ducks = new ArrayList<>();
  final List<Observer> observers = new ArrayList<>();
  final List<Observer> stopped = new ArrayList<>();

  Pond(String... ducks) {
    this.ducks.addAll(List.of(ducks));
  }

  @Override
  public String tag() {
    return TAG;
  }

  @Override
  public Object stateFor(Observer observer) {
    observers.add(observer);
    return Map.of("ducks", new ArrayList<>(ducks));
  }

  @Override
  public void stoppedObserving(Observer observer) {
    observer.send("farewell");
    observers.remove(observer);
    stopped.add(observer);
  }

  /** What the copies answer. */
  CompletableFuture<List<@Nullable Object>> add(String duck) {
    ducks.add(duck);
    List<CompletableFuture<@Nullable Object>> told =
        observers.stream().map(observer -> observer.call("added", duck)).toList();
    return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
        .thenApply(done -> new ArrayList<>(told.stream().map(CompletableFuture::join).toList()));
  }
}

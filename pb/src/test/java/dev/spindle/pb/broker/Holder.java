// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Holds things of ours and of the other side. */
final class Holder implements Referenceable {
  final Thing mine = new Thing();
  final List<Object> held = new ArrayList<>();
  final CompletableFuture<Object> later = new CompletableFuture<>();

  @Exposed
  Thing mine() {
    return mine;
  }

  @Exposed
  Object many(int count) {
    List<Object> things = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      things.add(new Thing());
    }
    return things;
  }

  @Exposed
  Object both() {
    return List.of(mine, mine);
  }

  @Exposed
  Object mineAndNonsense() {
    return Tuple.of(mine, new Thing(), "\ud800");
  }

  @Exposed
  boolean isMine(Thing thing) {
    return thing == mine;
  }

  @Exposed
  boolean isRoot(Holder holder) {
    return holder == this;
  }

  @Exposed
  @Nullable Object echo(@Nullable Object value) {
    return value;
  }

  @Exposed
  void hold(Object... things) {
    held.addAll(List.of(things));
  }

  @Exposed
  Object released() {
    held.clear();
    return 1;
  }

  @Exposed
  CompletableFuture<Object> echoLater(Object value) {
    return later.thenApply(done -> value);
  }

  @Exposed
  String needsText(String text) {
    return text;
  }

  /** One of them. */
  static final class Thing implements Referenceable {
    @Exposed
    String name() {
      return "thing";
    }
  }
}

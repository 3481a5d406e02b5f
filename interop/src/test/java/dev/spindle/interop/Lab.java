// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the other side may call here; {@code lab.py} offers the same methods.
 *
 * <p>Thread: the connection's, but for {@link #thing}.
 */
final class Lab implements Referenceable {
  private record Held(int number, CompletableFuture<Integer> answer) {}

  private final Map<String, Thing> things = new HashMap<>();
  private final List<@Nullable Object> kept = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final PagedLibrary library = new PagedLibrary();
  private final TypedDesk desk = new JavaDesk();
  private final Mirror mirror = new Mirror();
  private @Nullable Garden garden;
  private @Nullable Soaker soaker;
  private Deque<Held> held = new ArrayDeque<>();

  // ---- values and arguments ----

  @Exposed
  @Nullable Object echo(@Nullable Object value) {
    return value;
  }

  @Exposed
  CompletionStage<@Nullable Object> echoLater(@Nullable Object value) {
    return later().thenApply(done -> value);
  }

  @Exposed
  String describe(@Nullable Object value) {
    return Description.of(value);
  }

  @Exposed
  List<String> describeEach(@Nullable Object... values) {
    return Arrays.stream(values).map(Description::of).toList();
  }

  @Exposed
  String join(String a, int b, Optional<String> c) {
    return a + " " + b + " " + c.orElse("-");
  }

  @Exposed
  byte[] large(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  // ---- references ----

  @Exposed
  synchronized Thing thing(String name) {
    return things.computeIfAbsent(name, Thing::new);
  }

  @Exposed
  TypedDesk desk() {
    return desk;
  }

  synchronized void forgetThings() {
    things.clear();
  }

  @Exposed
  void keep(Object... objects) {
    kept.addAll(Arrays.asList(objects));
  }

  @Exposed
  boolean isKept(int index, Object object) {
    return kept.get(index) == object;
  }

  @Exposed
  void dropKept() {
    kept.clear();
  }

  @Exposed
  CompletionStage<@Nullable Object> nest(int depth, RemoteReference other) {
    if (depth == 0) {
      return CompletableFuture.completedFuture(List.of("java"));
    }
    return other
        .call("nest", depth - 1, this)
        .thenApply(
            path -> {
              List<@Nullable Object> longer = new ArrayList<>((List<?>) path);
              longer.add("java");
              return longer;
            });
  }

  /** Made by the first who asks. */
  @Exposed
  synchronized Garden garden() {
    if (garden == null) {
      garden = new Garden();
    }
    return garden;
  }

  @Exposed
  Mirror mirror() {
    return mirror;
  }

  /** The mirror, by the methods of an interface. */
  @Exposed
  Referenceable declared() {
    return mirror.declared();
  }

  // ---- soaks ----

  /** What a soak calls here. */
  @Exposed
  synchronized Soaker soaker() {
    return Objects.requireNonNull(soaker, "no soak has begun");
  }

  synchronized void soaker(@Nullable Soaker next) {
    soaker = next;
  }

  // ---- calls that are not answered at once, or never ----

  /** Withholds every answer until there are so many, then answers the last one first. */
  @Exposed
  CompletionStage<Integer> hold(int number, int until) {
    Held call = new Held(number, new CompletableFuture<>());
    held.push(call);
    if (held.size() == until) {
      Deque<Held> all = held;
      held = new ArrayDeque<>();
      all.forEach(each -> each.answer().complete(each.number()));
    }
    return call.answer();
  }

  @Exposed
  void note(String text) {
    notes.add(text);
    if (text.equals("fail")) {
      throw new IllegalStateException("nobody should hear of this");
    }
  }

  @Exposed
  List<String> notes() {
    return notes;
  }

  // ---- pages ----

  @Exposed
  PagedLibrary library() {
    return library;
  }

  // ---- errors ----

  @Exposed
  void fail(String text) {
    throw new IllegalStateException(text);
  }

  @Exposed
  CompletionStage<Void> failLater(String text) {
    return later().thenAccept(done -> fail(text));
  }

  @Exposed
  void failKnown(String text) {
    throw new PbError("lab.KnownError", text);
  }

  @Exposed
  void failTea(boolean green) throws Exception {
    throw green ? new Teas.OutOfGreenTea("no more") : new Teas.OutOfTea("no more");
  }

  @Exposed
  Object failLookup() {
    return Map.of().keySet().iterator().next();
  }

  @Exposed
  void refuse(int code) {
    throw new Teas.Refused(code);
  }

  /** Something that cannot be sent to anybody. */
  @Exposed
  Object unsendable(int index) {
    return Unsendables.ALL.get(index);
  }

  @Exposed
  CompletionStage<Object> unsendableLater(int index) {
    return later().thenApply(done -> Unsendables.ALL.get(index));
  }

  @Exposed
  Object nested(String kind, int depth) {
    return Unsendables.nested(kind, depth);
  }

  @Exposed
  CompletionStage<@Nullable Object> relay(RemoteReference other, String text) {
    return other.call("failKnown", text);
  }

  @Exposed
  Object unprepared() {
    return new Object();
  }

  /** Completes on another thread. */
  private static CompletableFuture<Void> later() {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.jelly.Tuple;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Remote;
import dev.spindle.pb.types.Types;
import dev.spindle.pb.util.PageCollector;
import dev.spindle.pb.util.PageSink;
import dev.spindle.pb.util.PageSource;
import dev.spindle.pb.util.Pager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A method of each kind, for a peer that knows their names and nothing else. */
final class FuzzDesk implements Referenceable {
  @Copyable("a.Item")
  record Item(String name, int count) {}

  enum Colour {
    RED,
    GREEN
  }

  interface Shop {
    Item find(String name, @Keyword Optional<Integer> count);
  }

  @Remote
  interface Till {
    @OneWay
    void tick(int i);

    CompletionStage<Item> pay(Item item);
  }

  static final Types TYPES =
      Types.builder().caches(Pond.TAG, PondCopy::new).copies(Item.class).build();

  /** Those whose answer depends on what the peer does next. */
  static final Set<String> LATER = Set.of("page", "ask", "callBack", "respond", "login");

  final Pond pond = new Pond("mallard");
  private @Nullable Object kept;

  @Exposed
  @Nullable Object echo(@Nullable Object value) {
    kept = value;
    return value;
  }

  @Exposed
  Pond pond() {
    return pond;
  }

  @Exposed
  String two(String a, Optional<Integer> b) {
    return a + b;
  }

  @Exposed
  Object rest(Object... rest) {
    return Tuple.of(rest);
  }

  @Exposed
  CompletionStage<Object> later(@Nullable Object value) {
    return CompletableFuture.completedFuture(new FuzzDesk());
  }

  @Exposed
  Object give() {
    return new Exposure(new FuzzDesk(), Exposure.Kind.PERSPECTIVE, () -> {});
  }

  @Exposed
  Object fail(RemoteReference reference) {
    throw new PbError("a.B", String.valueOf(kept == null) + reference);
  }

  @Exposed
  Map<Colour, List<Item>> typed(
      Item item, @Keyword("a") Optional<Set<Integer>> numbers, @Keywords Map<String, Colour> more) {
    return Map.of(Colour.RED, List.of(item));
  }

  @Exposed
  Referenceable shop() {
    return Referenceable.of(Shop.class, (name, count) -> new Item(name, count.orElse(1)));
  }

  @Exposed
  CompletionStage<Item> ask(Till till) {
    till.tick(1);
    return till.pay(new Item("tea", 1));
  }

  @Exposed
  CompletionStage<Void> page(RemoteReference collector) {
    return Pager.start(collector, PageSource.bytes(new byte[20_000])).done();
  }

  @Exposed
  PageCollector<byte[]> collect() {
    return PageCollector.of(PageSink.bytes(), 100);
  }

  @Exposed
  CompletionStage<Object> callBack(@Nullable Object value) {
    return kept instanceof RemoteReference reference
        ? reference.call("x", value).thenApply(answer -> answer == null ? 0 : answer)
        : CompletableFuture.completedFuture(0);
  }
}

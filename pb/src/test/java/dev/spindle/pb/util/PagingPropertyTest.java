// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.BrokerPair;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever is paged arrives as it was, and nothing is left behind. */
class PagingPropertyTest {

  /** Something to page, and the source that it comes from. */
  record Item(byte[] bytes, int pageBytes, int kind) {
    boolean sameBytes(byte[] other) {
      return Arrays.equals(bytes, other);
    }

    PageSource source() {
      return switch (kind) {
        case 0 -> PageSource.bytes(bytes, pageBytes);
        case 1 -> PageSource.stream(new ByteArrayInputStream(bytes), pageBytes);
        case 2 -> PageSource.pages(List.of(bytes, new byte[0]).iterator());
        default -> PageSource.publisher(this::publish, pageBytes);
      };
    }

    private void publish(Flow.Subscriber<? super ByteBuffer> subscriber) {
      try (SubmissionPublisher<ByteBuffer> publisher =
          new SubmissionPublisher<>(Runnable::run, 8)) {
        publisher.subscribe(subscriber);
        publisher.submit(ByteBuffer.wrap(bytes));
      }
    }
  }

  private record Library(List<Item> items) implements Referenceable {
    @Exposed
    CompletionStage<@Nullable Void> item(RemoteReference collector, int index) {
      return Pager.start(collector, items.get(index).source()).done();
    }
  }

  @Provide
  Arbitrary<List<Item>> items() {
    return Combinators.combine(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(300),
            Arbitraries.integers().between(1, 400),
            Arbitraries.integers().between(0, 3))
        .as(Item::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 1000)
  void whatIsPagedArrivesAsItWas(@ForAll("items") List<Item> items, @ForAll boolean byteByByte) {
    BrokerPair pair = BrokerPair.of(new Library(items));
    if (byteByByte) {
      pair.byteByByte();
    }
    List<CompletableFuture<byte[]>> all =
        IntStream.range(0, items.size())
            .mapToObj(i -> Paging.getAllPages(pair.client().root(), "item", i))
            .toList();
    pair.pump();
    for (int i = 0; i < items.size(); i++) {
      assertThat(all.get(i)).isCompletedWithValueMatching(items.get(i)::sameBytes);
    }
    assertThat(pair.client().referenceCounts().exported()).isZero();
    assertThat(pair.server().referenceCounts().imported()).isZero();
  }
}

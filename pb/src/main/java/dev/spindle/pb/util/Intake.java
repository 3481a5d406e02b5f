// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages of one connection on their way to a sink. What the sink has no time for yet waits here, and
 * counts as the connection's backlog until it has been taken.
 *
 * <p>Thread: the connection's.
 */
final class Intake<T extends @Nullable Object> {
  /** What keeping a page costs beyond its bytes, so that empty pages are bounded too. */
  static final int PAGE_OVERHEAD_BYTES = 64;

  private final Traffic traffic;
  private final PageSink<T> sink;
  private final BiConsumer<@Nullable T, @Nullable Throwable> outcome;
  private List<ByteString> waiting = new ArrayList<>();
  private boolean busy;
  private boolean ended;
  private boolean dropped;

  /**
   * @param outcome told once: what the sink has in the end, or what it failed with
   */
  Intake(Traffic traffic, PageSink<T> sink, BiConsumer<@Nullable T, @Nullable Throwable> outcome) {
    this.traffic = traffic;
    this.sink = sink;
    this.outcome = outcome;
  }

  Traffic traffic() {
    return traffic;
  }

  void add(ByteString page) {
    waiting.add(page);
    traffic.received(cost(page));
    goOn();
  }

  /** There are no more pages. */
  void end() {
    ended = true;
    goOn();
  }

  /** The transfer has failed: nobody takes what waits. */
  void drop() {
    dropped = true;
    traffic.taken(cost(waiting));
    waiting = List.of();
  }

  private void goOn() {
    if (busy || dropped) {
      return;
    }
    if (!waiting.isEmpty()) {
      List<ByteString> pages = waiting;
      waiting = new ArrayList<>();
      occupy(() -> sink.take(pages, traffic::runBlocking), (nothing, error) -> taken(pages, error));
    } else if (ended) {
      occupy(() -> sink.ended(traffic::runBlocking), outcome);
    }
  }

  private void taken(List<ByteString> pages, @Nullable Throwable error) {
    traffic.taken(cost(pages));
    if (error != null) {
      outcome.accept(null, error);
    } else {
      busy = false;
      goOn();
    }
  }

  /** Has the sink do something. It gets nothing else meanwhile, and nothing more if that fails. */
  private <V> void occupy(
      Supplier<CompletionStage<? extends V>> work,
      BiConsumer<@Nullable V, @Nullable Throwable> then) {
    busy = true;
    CompletionStage<? extends V> stage;
    try {
      stage = work.get();
    } catch (RuntimeException e) {
      then.accept(null, e);
      return;
    }
    stage.whenComplete(
        (value, error) -> {
          Runnable next = () -> then.accept(value, error == null ? null : Causes.of(error));
          if (!traffic.run(next)) {
            next.run();
          }
        });
  }

  private static long cost(List<ByteString> pages) {
    return pages.stream().mapToLong(Intake::cost).sum();
  }

  private static long cost(ByteString page) {
    return (long) page.size() + PAGE_OVERHEAD_BYTES;
  }
}

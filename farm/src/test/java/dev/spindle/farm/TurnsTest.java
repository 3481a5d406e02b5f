// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> happened = new ArrayList<>();
  private final Turns turns = new Turns(() -> happened.add("changed"));

  private CompletionStage<Void> take(String name, CompletableFuture<Void> stage) {
    return turns.take(
        () -> {
          happened.add(name);
          return stage;
        });
  }

  @Test
  void oneTurnAtATimeInOrder() {
    var first = new CompletableFuture<Void>();
    var second = new CompletableFuture<Void>();
    take("first", first);
    var last = take("second", second);
    assertThat(happened).containsExactly("changed", "first");
    assertThat(turns.waiting()).isEqualTo(1);
    first.complete(null);
    assertThat(happened).containsExactly("changed", "first", "second");
    second.complete(null);
    assertThat(happened).containsExactly("changed", "first", "second", "changed");
    assertThat(last.toCompletableFuture()).isCompleted();
    assertThat(turns.taken()).isFalse();
  }

  @Test
  void aTurnThatFailsOrThrowsEndsAllTheSame() {
    var held = new CompletableFuture<Void>();
    take("held", held);
    CompletionStage<Void> throwing =
        turns.take(
            () -> {
              throw new IllegalStateException("no");
            });
    var after = take("after", CompletableFuture.completedFuture(null));
    held.completeExceptionally(new IllegalStateException("failed"));
    assertThat(throwing.toCompletableFuture()).isCompletedExceptionally();
    assertThat(after.toCompletableFuture()).isCompleted();
    assertThat(turns.taken()).isFalse();
  }

  @Test
  void manyTurnsDoNotDeepenTheStack() {
    var held = new CompletableFuture<Void>();
    take("held", held);
    var ran = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      turns.take(() -> CompletableFuture.completedStage(ran.incrementAndGet()));
    }
    held.complete(null);
    assertThat(ran).hasValue(100_000);
  }
}

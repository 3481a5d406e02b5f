// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Link;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbListener;
import dev.spindle.pb.broker.RawPeer;
import dev.spindle.pb.types.Types;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that is given up at the moment at which it leaves the waiting room. */
class WaitingCallTest {
  /** Does something when it is asked for the time. */
  private static final class Busy implements Timing {
    Runnable meanwhile = () -> {};

    @Override
    public long nanoTime() {
      meanwhile.run();
      return 1;
    }

    @Override
    public Link.Timer after(Duration time, Runnable task) {
      return () -> {};
    }

    @Override
    public void close() {}
  }

  private final Busy timing = new Busy();
  private final WaitingRoom room = new WaitingRoom("here", timing, 10);
  private final ReconnectingReference target =
      new ReconnectingReference(room, Types.PLAIN, Duration.ofSeconds(1).toNanos());
  private Runnable whenCalled = () -> {};
  private final RawPeer server =
      RawPeer.ofClient(
          BrokerSettings.DEFAULT.withListener(
              new PbListener() {
                @Override
                public void callStarted(PbConnection connection, Call call) {
                  whenCalled.run();
                }
              }));

  private void assertGivenUp() {
    server.says("[answer 1 7]");
    assertThat(server.broker().tolerance().strayAnswers()).isZero();
    assertThat(server.broker().toString()).contains("0 calls out");
  }

  @Test
  void givenUpAsItLeavesItDoesNotGoOut() {
    CompletableFuture<@Nullable Object> call = target.call("take", "delete", 42);
    timing.meanwhile = () -> call.cancel(false);
    room.open(server.broker().root());
    assertThat(call).isCancelled();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void givenUpAsItGoesOutItGoesWholeAndIsGivenUpThere() {
    CompletableFuture<@Nullable Object> call = target.call("take", "delete", 42);
    whenCalled = () -> call.cancel(false);
    room.open(server.broker().root());
    assertThat(call).isCancelled();
    assertThat(server.heard())
        .containsExactly("[message 1 root take 1 [tuple u\"delete\" 42] [dictionary]]");
    assertGivenUp();
  }

  /** By whichever way the caller ends it. */
  @ParameterizedTest
  @MethodSource("ends")
  void whicheverWayItIsEndedItIsGivenUp(Consumer<CompletableFuture<Object>> end) {
    end.accept(target.call("take", 1));
    assertThat(room.toString()).doesNotContain("calls wait");
    CompletableFuture<@Nullable Object> sent = target.call("take", 2);
    room.open(server.broker().root());
    assertThat(server.heard()).containsExactly("[message 1 root take 1 [tuple 2] [dictionary]]");
    end.accept(sent);
    assertGivenUp();
  }

  static Stream<Consumer<CompletableFuture<Object>>> ends() {
    return Stream.of(
        call -> call.cancel(true),
        call -> call.complete("enough"),
        call -> call.completeExceptionally(new TimeoutException()));
  }
}

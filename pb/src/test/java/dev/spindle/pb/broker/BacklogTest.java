// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers pile up is bounded, and refused beyond it. */
class BacklogTest {
  private static final int MOST = 3;

  private static BrokerSettings settings() {
    return BrokerSettings.DEFAULT.withCalls(
        CallLimits.DEFAULT.withMaxUnanswered(MOST).withMaxUnsentBytes(1000));
  }

  private static void refused(CompletableFuture<?> call, String why) {
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(UnsentLimitException.class)
        .hasMessageContaining(why);
  }

  @Test
  void oneCallTooManyFailsAtOnceAndNothingOfItIsSent() {
    RawPeer server = RawPeer.ofClient(settings());
    RemoteReference root = server.broker().root();
    for (int i = 0; i < MOST; i++) {
      root.call("a");
    }
    refused(root.call("b"), "not sent: 3 calls to /127.0.0.1:1 wait already");
    assertThat(server.heard()).hasSize(MOST);
    server.says("[answer 2 5]");
    assertThat(root.call("c")).isNotDone();
    assertThat(server.heard()).containsExactly("[message 4 root c 1 [tuple] [dictionary]]");
  }

  @Test
  void callsOfOtherThreadsAreBoundedOnTheirWay() {
    RawPeer server = RawPeer.ofClient(settings());
    RemoteReference root = server.broker().root();
    List<CompletableFuture<?>> calls =
        CompletableFuture.supplyAsync(
                () -> {
                  List<CompletableFuture<?>> made = new ArrayList<>();
                  for (int i = 0; i <= MOST; i++) {
                    made.add(root.call("a"));
                  }
                  return made;
                })
            .join();
    refused(calls.get(MOST), "3 calls");
    assertThat(server.heard()).hasSize(MOST);
    assertThat(calls.subList(0, MOST)).noneMatch(CompletableFuture::isDone);
    server.says("[answer 1 5]", "[answer 2 5]", "[answer 3 5]");
    CompletableFuture<?> later = CompletableFuture.supplyAsync(() -> root.call("b")).join();
    assertThat(server.heard()).hasSize(1);
    assertThat(later).isNotDone();
  }

  @Test
  void callsThatWaitForTheHandshakeAreBounded() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, settings(), Map.of());
    for (int i = 0; i < MOST; i++) {
      client.broker().root().send("a");
    }
    refused(client.broker().root().call("b"), "3 calls");
  }

  @Test
  void aPeerThatDoesNotReadIsNotSentMore() {
    RawPeer server = RawPeer.ofClient(settings());
    RemoteReference root = server.broker().root();
    server.link().unsentBytes(999);
    root.send("a");
    server.link().unsentBytes(1000);
    refused(root.call("b"), "1000 bytes wait already for /127.0.0.1:1 to read: at most 1000 may");
    root.send("c");
    assertThat(server.heard()).containsExactly("[message 1 root a 0 [tuple] [dictionary]]");
    server.link().unsentBytes(0);
    root.send("d");
    assertThat(server.heard()).containsExactly("[message 2 root d 0 [tuple] [dictionary]]");
  }

  @Test
  void whoWouldRatherWaitIsToldWhenTheOtherSideHasRead() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Void> now = server.broker().whenWritable();
    server.link().runTasks();
    assertThat(now).isCompleted();
    server.link().unsentBytes(5);
    CompletableFuture<@Nullable Void> later = server.broker().whenWritable();
    server.link().runTasks();
    server.broker().writable();
    assertThat(later).isNotDone();
    assertThatThrownBy(later::join).isInstanceOf(IllegalStateException.class);
    server.link().unsentBytes(0);
    assertThat(later).isCompleted();
  }

  @Test
  void theEndOfTheConnectionEndsTheWait() {
    RawPeer server = RawPeer.ofClient();
    server.link().unsentBytes(5);
    CompletableFuture<@Nullable Void> before = server.broker().whenWritable();
    server.link().runTasks();
    server.link().disconnect("cut");
    CompletableFuture<@Nullable Void> after = server.broker().whenWritable();
    server.link().runTasks();
    RawPeer other = RawPeer.ofClient();
    other.link().closeEndpoint();
    CompletableFuture<@Nullable Void> last =
        CompletableFuture.supplyAsync(() -> other.broker().whenWritable()).join();
    for (CompletableFuture<?> each : List.of(before, after, last)) {
      assertThatThrownBy(each::join).hasCauseInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void boundsArePositive() {
    assertThatThrownBy(() -> CallLimits.DEFAULT.withMaxUnanswered(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one at least");
    assertThatThrownBy(() -> CallLimits.DEFAULT.withMaxUnsentBytes(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- what was said before the conversation has begun, and then close() ----

  @Test
  void whatWasCalledBeforeTheHandshakeIsSentBeforeTheEnd() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    client.broker().root().send("a");
    CompletableFuture<?> call = client.broker().root().call("b");
    client.broker().close();
    client.runTasks();
    assertThat(client.isClosing()).isFalse();
    assertThat(client.isClosingInTime()).isTrue();
    CompletableFuture<?> late = client.broker().root().call("c");
    assertThatThrownBy(late::join)
        .hasCauseInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("the connection was closed");
    client.receive(HexFormat.of().parseHex("02800282706204826e6f6e65"));
    assertThat(HexFormat.of().formatHex(client.sent()))
        .startsWith("02827062" + "028013870681" + "07801a870181")
        .contains("018261")
        .contains("018262")
        .doesNotContain("018263");
    assertThat(client.isClosing()).isTrue();
    client.disconnect("closed");
    assertThatThrownBy(call::join).hasCauseInstanceOf(ConnectionLostException.class);
  }

  @Test
  void aHandshakeThatNeverEndsFailsThemAll() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    CompletableFuture<?> call = client.broker().root().call("b");
    client.broker().close();
    client.runTasks();
    client.disconnect("closed");
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("the connection has ended: closed");
  }

  @Test
  void withNothingToSayTheEndIsAtOnce() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    client.broker().close();
    client.runTasks();
    assertThat(client.isClosing()).isTrue();
  }
}

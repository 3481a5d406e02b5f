// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.LogRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a listener is told of calls, in both directions. */
class PbListenerTest {
  private final EventLog log = new EventLog();
  private final BrokerSettings settings = BrokerSettings.DEFAULT.withListener(log);

  private static final class Desk implements Referenceable {
    CompletableFuture<Object> later = new CompletableFuture<>();

    @Exposed
    Object echo(Object value) {
      return value;
    }

    @Exposed
    void fail() {
      throw new PbError("a.B", "no");
    }

    @Exposed
    CompletableFuture<Object> later() {
      return later;
    }

    @Exposed
    Object unsendable() {
      return new Object();
    }
  }

  private final Desk desk = new Desk();

  @Test
  void callsOfTheOtherSideStartAndEnd() {
    RawPeer peer = RawPeer.ofServer(desk, settings);
    assertThat(log.lines()).containsExactly("opened");
    peer.says(
        "[message 1 root echo 1 [tuple 5] [dictionary]]",
        "[message 2 root later 1 [tuple] [dictionary]]",
        "[message 3 root echo 0 [tuple 5] [dictionary]]",
        "[message 4 root fail 1 [tuple] [dictionary]]",
        "[message 5 root unsendable 1 [tuple] [dictionary]]",
        "[message 6 root echo 1 [tuple 5 6] [dictionary]]",
        "[message 7 root made_up 1 [tuple] [dictionary]]",
        "[message 8 99 made_up 1 [tuple] [dictionary]]",
        "[message 9 root echo 1 [tuple [frobnicate]] [dictionary]]");
    assertThat(log.lines())
        .containsExactly(
            "IN echo",
            "IN echo ANSWERED",
            "IN later",
            "IN echo",
            "IN echo ANSWERED",
            "IN fail",
            "IN fail FAILED",
            "IN unsendable",
            "IN unsendable FAILED",
            "IN echo",
            "IN echo FAILED",
            "IN made_up?",
            "IN made_up FAILED",
            "IN made_up?",
            "IN made_up FAILED",
            "IN echo",
            "refused: b'frobnicate'",
            "IN echo FAILED");
    desk.later.complete(5);
    assertThat(log.lines()).containsExactly("IN later ANSWERED");
    peer.link().disconnect("cut");
    assertThat(log.lines()).containsExactly("closed: cut");
  }

  @Test
  void bytesAndDurationsAreThoseOfTheWire() {
    RawPeer peer = RawPeer.ofServer(desk, settings);
    peer.link().sent();
    // 07 80, 1a 87, 01 81, 04 82 root, 04 82 echo, 01 81, 02 80 0b 87 05 81, 01 80 05 87
    peer.says("[message 1 root echo 1 [tuple 5] [dictionary]]");
    // 03 80, 1b 87, 01 81, 05 81
    PbListener.CallEnd quick = log.ends().get(0);
    assertThat(quick.requestBytes()).isEqualTo(2 + 2 + 2 + 6 + 6 + 2 + 6 + 4);
    assertThat(quick.answerBytes()).isEqualTo(8);
    assertThat(quick.error()).isNull();
    peer.says("[message 2 root later 1 [tuple] [dictionary]]");
    peer.link().clock().pass(Duration.ofSeconds(3));
    desk.later.completeExceptionally(new PbError("a.B", "no"));
    PbListener.CallEnd slow = log.ends().get(0);
    assertThat(slow.duration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(slow.answerBytes()).isGreaterThan(100);
    assertThat(slow.error()).hasMessage("no");
  }

  @Test
  void callsOfOursStartAndEndHoweverTheyDo() {
    RawPeer server = RawPeer.ofClient(settings);
    RemoteReference root = server.broker().root();
    log.lines();
    root.call("a");
    root.send("b", 5);
    root.call("c");
    root.call("d");
    root.call("e", new Object());
    root.withDeadline(Duration.ofSeconds(1)).call("f");
    root.call("g").cancel(false);
    root.call("h").complete("mine");
    root.call("i");
    server.says("[answer 1 5]", "[error 3 u\"no\"]", "[answer 4 [frobnicate]]");
    server.link().clock().pass(Duration.ofSeconds(1));
    server.link().disconnect("cut");
    root.call("j");
    assertThat(log.lines().stream().filter(line -> line.lastIndexOf(' ') > 4))
        .containsExactly(
            "OUT b ANSWERED",
            "OUT e NOT_SENT",
            "OUT g CANCELLED",
            "OUT h CANCELLED",
            "OUT a ANSWERED",
            "OUT c FAILED",
            "refused: b'frobnicate'",
            "OUT d UNREADABLE",
            "OUT f DEADLINE_EXCEEDED",
            "OUT i LOST",
            "closed: cut",
            "OUT j NOT_SENT");
    PbListener.CallEnd first = log.ends().get(4);
    assertThat(first.answerBytes()).isEqualTo(8);
    assertThat(first.requestBytes()).isEqualTo(2 + 2 + 2 + 6 + 3 + 2 + 4 + 4);
  }

  @Test
  void aCallThatWasGivenUpBeforeItWasSentEndsToo() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, settings, Map.of());
    RemoteReference root = client.broker().root();
    root.withDeadline(Duration.ofSeconds(1)).call("a");
    client.clock().pass(Duration.ofSeconds(1));
    CompletableFuture.runAsync(() -> root.call("b").cancel(false)).join();
    client.receive(new byte[] {1, (byte) 0x80, 4, (byte) 0x82, 'n', 'o', 'n', 'e'});
    assertThat(log.lines())
        .containsExactly("opened", "OUT a", "OUT a DEADLINE_EXCEEDED", "OUT b", "OUT b CANCELLED");
  }

  @Test
  void aListenerThatThrowsCostsALineInTheLog() {
    try (LogRecorder lines = LogRecorder.of(PbListener.class)) {
      RawPeer peer =
          RawPeer.ofServer(desk, BrokerSettings.DEFAULT.withListener(new FailingListener()));
      peer.says("[message 1 root echo 1 [tuple [frob]] [dictionary]]");
      peer.says("[message 2 root echo 1 [tuple 5] [dictionary]]");
      assertThat(peer.heard()).hasSize(2).last().isEqualTo("[answer 2 5]");
      peer.broker().dropping("why");
      peer.link().disconnect("cut");
      assertThat(lines.warnings())
          .hasSize(8)
          .containsOnly("listener FailingListener failed for /127.0.0.1:1");
    }
  }

  /** Fails in each of its methods. */
  private static final class FailingListener implements PbListener {
    private static IllegalStateException failure() {
      return new IllegalStateException("by request");
    }

    @Override
    public void opened(PbConnection connection) {
      throw failure();
    }

    @Override
    public void closed(PbConnection connection, ConnectionLostException why) {
      throw failure();
    }

    @Override
    public void dropped(PbConnection connection, String why) {
      throw failure();
    }

    @Override
    public void callStarted(PbConnection connection, Call call) {
      throw failure();
    }

    @Override
    public void callEnded(PbConnection connection, Call call, CallEnd end) {
      throw failure();
    }

    @Override
    public void valueRefused(PbConnection connection, String why) {
      throw new AssertionError("an error, even");
    }

    @Override
    public String toString() {
      return "FailingListener";
    }
  }

  @Test
  void nothingIsToldOfSecretsOrArguments() {
    assertThat(PbListener.Call.class.getRecordComponents()).hasSize(3);
    RawPeer peer = RawPeer.ofServer(desk, settings);
    peer.says("[message 1 root echo 1 [tuple u\"sesame\"] [dictionary]]");
    assertThat(log.lines()).noneMatch(line -> line.contains("sesame"));
  }

  @Test
  void aConnectionSaysWhatItIsDoing() {
    RawPeer server = RawPeer.ofClient();
    assertThat(server.broker())
        .hasToString(
            "PbConnection[/127.0.0.1:1, open, 0 calls out and 0 in, 0 references held and 0"
                + " given]");
    RemoteReference given = server.gives("[remote 7]");
    server.broker().root().call("a", desk);
    assertThat(given).hasToString("RemoteReference[7 at /127.0.0.1:1]");
    assertThat(server.broker().toString())
        .contains("1 calls out and 0 in, 1 references held and 1 given");
    server.broker().close();
    server.link().runTasks();
    assertThat(server.broker().toString()).contains("closing");
    server.link().disconnect("cut");
    assertThat(server.broker().toString()).contains("closed, 0 calls");
  }

  @Test
  void eventsOfOneConnectionDoNotNameAnother() {
    List<@Nullable PbConnection> seen = new java.util.ArrayList<>();
    PbListener keeper =
        new PbListener() {
          @Override
          public void callStarted(PbConnection connection, Call call) {
            seen.add(connection);
          }
        };
    BrokerSettings both = BrokerSettings.DEFAULT.withListener(keeper);
    RawPeer one = RawPeer.ofServer(desk, both);
    RawPeer two = RawPeer.ofServer(desk, both);
    two.says("[message 1 root echo 1 [tuple 5] [dictionary]]");
    one.says("[message 1 root echo 1 [tuple 5] [dictionary]]");
    assertThat(seen).containsExactly(two.broker(), one.broker());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.vectors.WireForms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Deadlines, bounds and the listener, of every kind of call; and what limits tell of. */
class LimitsToldTest {
  private static final ByteString LONG = ByteString.copyOf(new byte[1025]);

  private final EventLog log = new EventLog();
  private final BrokerSettings settings = BrokerSettings.DEFAULT.withListener(log);
  private final Pond pond = new Pond();

  private final class Desk implements Referenceable {
    @Exposed
    void take(Object value) {}

    @Exposed
    Pond pond() {
      return pond;
    }

    @Exposed
    List<Object> many() {
      return List.of(new Desk(), new Desk(), new Desk());
    }
  }

  private RawPeer observing(BrokerSettings rules) {
    RawPeer peer = RawPeer.ofServer(new Desk(), rules);
    peer.says("[message 1 root pond 1 [tuple] [dictionary]]");
    peer.heard();
    log.lines();
    return peer;
  }

  // ---- messages beyond a limit ----

  @Test
  void aCallThatIsReadPastBeginsAndFails() {
    BrokerSettings small = settings.withLimits(new BananaLimits(1024, 16, 8192));
    RawPeer peer = RawPeer.ofServer(new Desk(), small);
    log.lines();
    peer.saysExpression(
        WireForms.list(
            "message",
            1,
            "root",
            "take",
            1,
            WireForms.list("tuple", LONG),
            WireForms.list("dictionary")));
    assertThat(log.lines())
        .containsExactly(
            "refused: string of 1025 announced: at most 1024 allowed",
            "IN take?",
            "IN take FAILED");
    assertThat(log.ends().get(0).requestBytes()).isBetween(1025L, 1100L);
  }

  @Test
  void anAnswerThatIsReadPastCannotBeRead() {
    BrokerSettings small = settings.withLimits(new BananaLimits(1024, 16, 8192));
    RawPeer server = RawPeer.ofClient(small);
    server.broker().root().call("get");
    log.lines();
    server.saysExpression(WireForms.list("answer", 1, LONG));
    assertThat(log.lines())
        .containsExactly(
            "refused: string of 1025 announced: at most 1024 allowed", "OUT get UNREADABLE");
    assertThat(log.ends().get(0).answerBytes()).isGreaterThan(1025);
  }

  @Test
  void aCallWithoutAReadableNameHasAnEmptyOne() {
    RawPeer peer = RawPeer.ofServer(new Desk(), settings);
    log.lines();
    peer.says("[message 1 root 7 1 [tuple] [dictionary]]");
    assertThat(log.lines()).containsExactly("IN ?", "IN  FAILED");
  }

  @Test
  void aRefusedCacheIsToldOnce() {
    RawPeer peer = RawPeer.ofServer(new Desk(), settings.withTypes(PondCopy.TYPES));
    log.lines();
    peer.says("[message 1 root take 1 [tuple [samples.Pond 1 7]] [dictionary]]");
    assertThat(log.lines()).hasSize(3).first().isEqualTo("IN take");
    peer.says("[message 2 root take 1 [tuple [samples.Pond 2]] [dictionary]]");
    assertThat(log.lines().stream().filter(line -> line.startsWith("refused"))).hasSize(1);
  }

  @Test
  void theFourthObjectTooManyIsToldAsTheEnd() {
    RawPeer peer = RawPeer.ofServer(new Desk(), settings.withMaxReferences(1));
    for (int i = 1; i <= 4; i++) {
      assertThat(log.lines()).noneMatch(line -> line.startsWith("dropped"));
      peer.says("[message " + i + " root many 1 [tuple] [dictionary]]");
    }
    assertThat(log.lines()).contains("dropped: Maximum PB reference count exceeded.  Goodbye.");
    assertThat(peer.link().isClosing()).isTrue();
  }

  // ---- updates of copies ----

  @Test
  void updatesAreCallsLikeOthersToTheListenerAndTheClock() {
    RawPeer peer =
        observing(settings.withCalls(CallLimits.DEFAULT.withDeadline(Duration.ofSeconds(2))));
    CompletableFuture<?> answered = pond.observers.get(0).call("added", "mallard");
    CompletableFuture<?> late = pond.observers.get(0).call("added", "teal");
    pond.observers.get(0).send("added", "smew");
    peer.says("[answer 1 5]");
    peer.link().clock().pass(Duration.ofSeconds(2));
    assertThat(answered).isCompleted();
    assertThatThrownBy(late::join).hasCauseInstanceOf(DeadlineExceededException.class);
    assertThat(log.lines())
        .containsExactly(
            "OUT added",
            "OUT added",
            "OUT added",
            "OUT added ANSWERED",
            "OUT added ANSWERED",
            "OUT added DEADLINE_EXCEEDED");
  }

  @Test
  void anUpdateWithoutRoomFailsAndOneThatNobodyWaitsForEndsTheConnection() {
    RawPeer peer = observing(settings.withCalls(CallLimits.DEFAULT.withMaxUnsentBytes(100)));
    peer.link().unsentBytes(100);
    CompletableFuture<?> heard = pond.observers.get(0).call("added", "mallard");
    peer.link().runTasks();
    assertThatThrownBy(heard::join).hasCauseInstanceOf(UnsentLimitException.class);
    assertThat(peer.link().isClosing()).isFalse();
    pond.observers.get(0).send("added", "teal");
    peer.link().runTasks();
    assertThat(peer.link().isClosing()).isTrue();
    assertThat(log.lines())
        .anyMatch(l -> l.startsWith("dropped: an update of a copy was not sent: 100 bytes wait"));
  }

  // ---- typed calls ----

  private interface Face {
    CompletionStage<Integer> count();
  }

  @Test
  void typedCallsHaveTheDeadlineOfTheirReference() {
    RawPeer server = RawPeer.ofClient(settings);
    RemoteReference root = server.broker().root();
    Face hurried = root.withDeadline(Duration.ofSeconds(1)).as(Face.class);
    Face patient = root.as(Face.class);
    assertThat(hurried).isEqualTo(patient).hasSameHashCodeAs(patient);
    log.lines();
    CompletableFuture<Integer> late = hurried.count().toCompletableFuture();
    CompletableFuture<Integer> never = patient.count().toCompletableFuture();
    CompletableFuture<Integer> wrong = patient.count().toCompletableFuture();
    server.link().clock().pass(Duration.ofSeconds(1));
    server.says("[answer 3 u\"many\"]");
    assertThatThrownBy(late::join)
        .hasCauseInstanceOf(DeadlineExceededException.class)
        .cause()
        .extracting(why -> why.getStackTrace()[0].toString())
        .isEqualTo("remote[root].count(/127.0.0.1:1)");
    assertThat(never).isNotDone();
    assertThatThrownBy(wrong::join).hasCauseInstanceOf(AnswerMismatchException.class);
    assertThat(log.lines())
        .containsExactly(
            "OUT count",
            "OUT count",
            "OUT count",
            "OUT count DEADLINE_EXCEEDED",
            "OUT count UNREADABLE");
  }
}

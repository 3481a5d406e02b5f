// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.RemoteReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@AgainstTwisted("Ends of connections")
class EndsTest {
  private static final int PENDING = 10;

  private final TwistedPeers peers;

  EndsTest(TwistedPeers peers) {
    this.peers = peers;
  }

  @Scenario("Java hangs up: pending calls fail at once and observers hear of it, on both sides")
  void javaHangsUp(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      endsEverywhere(meeting, meeting::hangUp);
    }
  }

  @Scenario("Twisted hangs up: pending calls fail at once and observers hear of it, on both sides")
  void twistedHangsUp(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      endsEverywhere(meeting, () -> meeting.twisted("hang_up"));
    }
  }

  @Scenario("a Twisted process that is killed fails our pending calls at once")
  void killed(Pairing pairing) throws Exception {
    try (TwistedPeer own = TwistedPeer.start(pairing.dialect)) {
      Meeting meeting =
          Meeting.begin(pairing, own, peers.nextNumber(), peers.wiring(), settings -> {});
      List<CompletableFuture<@Nullable Object>> pending = pend(meeting);
      meeting.call("echo", "they have arrived");
      own.close();
      failed(pending);
      meeting.closeEndpoint();
    }
  }

  @Scenario("references of an ended connection are dead, and say so")
  void dead(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteReference thing = (RemoteReference) meeting.call("thing", "x");
      meeting.hangUp();
      meeting.twisted("endings");
      assertThatThrownBy(() -> Meeting.await(thing.call("ping")))
          .isInstanceOf(DeadReferenceException.class);
      Outcome outcome = meeting.twistedCalls("echo", "(1,)");
      assertThat(outcome.type()).isEqualTo("twisted.spread.pb.DeadReferenceError");
      thing.close();
    }
  }

  private static void endsEverywhere(Meeting meeting, Runnable hangUp) {
    CompletableFuture<ConnectionLostException> told = new CompletableFuture<>();
    meeting.broker().onDisconnect(told::complete);
    List<CompletableFuture<@Nullable Object>> pending = pend(meeting);
    meeting.twisted("pend", PENDING);
    meeting.call("echo", "they have arrived");
    meeting.twistedCalls("echo", "('they have arrived',)");
    hangUp.run();

    failed(pending);
    assertThat(Meeting.await(told)).hasMessageContaining("closed");
    assertThat(meeting.twisted("endings").toString())
        .contains("\"twisted.spread.pb.PBConnectionLost\":" + PENDING)
        .contains("\"reference\":1")
        .contains("\"broker\":1");
  }

  private static List<CompletableFuture<@Nullable Object>> pend(Meeting meeting) {
    return IntStream.range(0, PENDING)
        .mapToObj(n -> meeting.theirs().call("hold", n, PENDING + 1))
        .toList();
  }

  private static void failed(List<CompletableFuture<@Nullable Object>> pending) {
    for (CompletableFuture<?> call : pending) {
      assertThatThrownBy(() -> Meeting.await(call)).isInstanceOf(ConnectionLostException.class);
    }
  }
}

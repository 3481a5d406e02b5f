// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.RemoteReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

@AgainstTwisted("References")
class ReferencesTest {
  private final TwistedPeers peers;

  ReferencesTest(TwistedPeers peers) {
    this.peers = peers;
  }

  @Scenario("an object passed and passed back is itself")
  void roundTrip(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Thing mine = new Thing("mine");
      assertThat(meeting.call("echo", mine)).isSameAs(mine);
      assertThat(meeting.call("echoLater", mine)).isSameAs(mine);
      assertThat(meeting.call("describe", mine)).isEqualTo("reference@1");

      assertThat(meeting.twistedCalls("echo", "(thing('a'),)").value()).isEqualTo("own(a)");
      assertThat(meeting.twistedCalls("echoLater", "(thing('a'),)").value()).isEqualTo("own(a)");
      assertThat(meeting.twistedCalls("describe", "(thing('a'),)").value())
          .isEqualTo("str'reference@1'");
    }
  }

  @Scenario("an object kept by the other side is the same in a later call")
  void kept(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Thing mine = new Thing("mine");
      meeting.call("keep", "first", mine);
      assertThat(meeting.call("isKept", 1, mine)).isEqualTo(true);
      assertThat(meeting.call("isKept", 1, new Thing("other"))).isEqualTo(false);

      meeting.twistedCalls("keep", "('first', thing('a'))");
      assertThat(meeting.twistedCalls("isKept", "(1, thing('a'))").value()).isEqualTo("bool True");
      assertThat(meeting.twistedCalls("isKept", "(1, thing('b'))").value()).isEqualTo("bool False");
    }
  }

  @Scenario(
      "a reference that was closed cannot be passed on; what was called before still goes out")
  void closed(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteReference thing = (RemoteReference) meeting.call("thing", "x");
      CompletableFuture<?> before = meeting.theirs().call("echo", thing);
      thing.close();
      RemoteReference again = (RemoteReference) Meeting.await(before);
      assertThat(Meeting.await(again.call("ping"))).isEqualTo("pong");
      assertThatThrownBy(() -> meeting.call("describe", List.of(thing)))
          .isInstanceOf(UnsendableException.class)
          .hasMessageContaining("was closed");
    }
  }

  @Scenario("the same object twice is one reference, in one value and in two calls")
  void twice(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Thing mine = new Thing("mine");
      assertThat(meeting.call("describe", List.of(mine, new Thing("other"), mine)))
          .isEqualTo("list@1[reference@2, reference@3, @2]");
      RemoteReference once = (RemoteReference) meeting.call("thing", "x");
      assertThat(meeting.call("thing", "x")).isSameAs(once);
      assertThat(meeting.call("thing", "y")).isNotSameAs(once);

      assertThat(
              meeting.twistedCalls("describe", "([thing('a'), thing('b'), thing('a')],)").value())
          .isEqualTo("str'list@1[reference@2, reference@3, @2]'");
      meeting.twisted("call_and_keep", "p", "thing", "('x',)");
      meeting.twisted("call_and_keep", "q", "thing", "('x',)");
      assertThat(meeting.twistedCalls("isKept", "(0, None)").type()).isNotEmpty();
      meeting.twistedCalls("keep", "(result('p'),)");
      assertThat(meeting.twistedCalls("isKept", "(0, result('q'))").value()).isEqualTo("bool True");
    }
  }

  @Scenario("references deep inside values can be called")
  void inside(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Object answer = meeting.call("echo", Map.of("k", List.of(new Thing("a"))));
      assertThat(Description.of(answer)).isEqualTo("dict@1[str'k': list@2[own(a)]]");
      RemoteReference theirs = (RemoteReference) meeting.call("thing", "x");
      assertThat(Meeting.await(theirs.call("ping"))).isEqualTo("pong");

      assertThat(meeting.twistedCalls("echo", "({'k': [thing('a')]},)").value())
          .isEqualTo("dict@1[str'k': list@2[own(a)]]");
      meeting.twisted("call_and_keep", "x", "thing", "('x',)");
      assertThat(meeting.twisted("ping", "x").asText()).isEqualTo("pong");
    }
  }

  @Scenario("a reference of another connection cannot be passed on; both connections stay")
  void thirdParty(Pairing pairing) throws Exception {
    try (Meeting one = peers.meet(pairing);
        Meeting other = peers.meet(pairing)) {
      assertThatThrownBy(() -> one.call("echo", other.theirs()))
          .isInstanceOf(UnsendableException.class)
          .hasMessageContaining("another connection");
      assertThat(one.call("echo", 1)).isEqualTo(1L);
      assertThat(other.call("echo", 2)).isEqualTo(2L);
    }
  }
}

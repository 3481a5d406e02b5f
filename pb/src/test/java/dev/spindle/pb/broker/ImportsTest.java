// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.Holder.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of the other side that we hold, and what we owe for them. Section 10.4. */
class ImportsTest {

  private final Holder holder = new Holder();
  private final RawPeer peer = RawPeer.ofServer(holder);

  @Test
  void theirObjectIsTheSameReferenceWhileItIsHeld() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference one = server.gives("[remote 5]");
    assertThat(server.gives("[remote 5]")).isSameAs(one);
    assertThat(server.gives("[remote 6]")).isNotSameAs(one);
    assertThat(one.connection()).isSameAs(server.broker());
    assertThat(one).hasToString("RemoteReference[5 at " + server.link().remoteAddress() + "]");
  }

  @Test
  void itsMethodsAreCalledByItsNumberAndItGoesHomeByItsNumber() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference one = server.gives("[remote 5]");
    one.call("name", one, List.of(one));
    assertThat(server.heard())
        .containsExactly("[message 2 5 name 1 [tuple [local 5] [list [local 5]]] [dictionary]]");
    one.call("rooted", server.broker().root());
    assertThat(server.heard())
        .containsExactly("[message 3 5 rooted 1 [tuple [local root]] [dictionary]]");
  }

  @Test
  void eachOccurrenceIsPaidBackOnClose() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference one = server.gives("[remote 5]");
    server.gives("[remote 5]");
    CompletableFuture<@Nullable Object> both = server.broker().root().call("both");
    server.heard();
    server.says("[answer 3 [list [remote 5] [remote 5]]]");
    assertThat(both).isCompleted();
    one.close();
    assertThat(server.heard())
        .containsExactly("[decref 5]", "[decref 5]", "[decref 5]", "[decref 5]");
    one.close();
    assertThat(server.heard()).isEmpty();
    assertThat(server.broker().referenceCounts().imported()).isZero();
  }

  @Test
  void aClosedReferenceIsDeadAndTheObjectMayComeAgain() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference one = server.gives("[remote 5]");
    CompletableFuture<@Nullable Object> before = one.call("last");
    one.close();
    CompletableFuture<@Nullable Object> after = one.call("late");
    assertThatThrownBy(after::join)
        .hasCauseInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("RemoteReference[5 at")
        .hasMessageContaining("was closed");
    assertThat(server.heard())
        .containsExactly("[message 2 5 last 1 [tuple] [dictionary]]", "[decref 5]");
    server.says("[answer 2 [remote 5]]");
    RemoteReference again = (RemoteReference) before.join();
    assertThat(again).isNotSameAs(one);
    again.close();
    assertThat(server.heard()).containsExactly("[decref 5]");
  }

  /** The number comes again between close() and the moment when it is paid back. */
  @Test
  void whatComesBehindACloseIsCountedForItself() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> first = server.broker().root().call("get");
    CompletableFuture<@Nullable Object> second = server.broker().root().call("get");
    server.heard();
    first.thenAccept(reference -> ((RemoteReference) reference).close());
    server.saysAtOnce(List.of("[answer 1 [remote 5]]", "[answer 2 [remote 5]]"));
    assertThat(second.join()).isNotSameAs(first.join());
    assertThat(server.heard()).containsExactly("[decref 5]");
    ((RemoteReference) second.join()).close();
    assertThat(server.heard()).containsExactly("[decref 5]");
  }

  @Test
  void namedObjectsAreNeverPaidBack() {
    RawPeer server = RawPeer.ofClient();
    server.gives("[remote other]").close();
    server.broker().root().close();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatBecomesUnreachableIsPaidBack() {
    RawPeer server = RawPeer.ofClient();
    server.gives("[remote 5]");
    Garbage.awaitHearing(server, Set.of("[decref 5]"));
    assertThat(server.broker().referenceCounts().imported()).isZero();
  }

  /** Who sends ever new names would fill the table else. */
  @Test
  void aNameThatBecomesUnreachableIsForgottenAndNotPaidBack() {
    RawPeer server = RawPeer.ofClient();
    server.gives("[remote other]");
    assertThat(server.broker().referenceCounts().imported()).isEqualTo(1);
    Garbage.awaitTrue(
        () -> {
          server.link().runTasks();
          return server.broker().referenceCounts().imported() == 0;
        });
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatArrivedAsAnArgumentIsPaidBackBehindTheAnswerThatMentionsIt() {
    peer.says("[message 1 root echo 1 [tuple [remote 2]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 [local 2]]");
    Garbage.awaitHearing(peer, Set.of("[decref 2]"));
  }

  /** While the answer is not there the object may still be mentioned in it. */
  @Test
  void whatAnAnswerToComeWillMentionIsKeptUntilThen() {
    peer.says("[message 1 root echoLater 1 [tuple [remote 2]] [dictionary]]");
    Garbage.collect();
    assertThat(peer.heard()).isEmpty();
    holder.later.complete(1);
    List<String> heard = new ArrayList<>(peer.heard());
    assertThat(heard).containsExactly("[answer 1 [local 2]]");
    Garbage.awaitHearing(peer, Set.of("[decref 2]"));
  }

  @Test
  void whatIsHeldStaysUntilItIsLetGo() {
    peer.says("[message 1 root hold 1 [tuple [remote 2] [remote 2]] [dictionary]]");
    Garbage.collect();
    assertThat(peer.heard()).containsExactly("[answer 1 [None]]");
    peer.says("[message 2 root released 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 2 1]");
    Garbage.awaitHearing(peer, List.of("[decref 2]", "[decref 2]"));
  }

  @Test
  void aReferenceIsNotPassedOnToAnybodyElse() {
    RemoteReference foreign = RawPeer.ofClient().gives("[remote 5]");
    RawPeer other = RawPeer.ofClient();
    assertThatThrownBy(other.broker().root().call("take", foreign)::join)
        .hasCauseInstanceOf(UnsendableException.class)
        .hasMessageContaining("belongs to another connection and cannot be passed on");
    assertThat(other.heard()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void identityHoldsBothWays(boolean byteByByte) {
    BrokerPair pair = BrokerPair.of(holder);
    if (byteByByte) {
      pair.byteByByte();
    }
    Thing ours = new Thing();
    assertThat(pair.call("echo", ours)).isSameAs(ours);
    RemoteReference theirs = (RemoteReference) pair.call("mine");
    assertThat(pair.call("mine")).isSameAs(theirs);
    assertThat(pair.call("isMine", theirs)).isEqualTo(true);
    assertThat(pair.outcome(theirs.call("name"))).isEqualTo("thing");
    assertThat(pair.call("both")).isEqualTo(List.of(theirs, theirs));
    theirs.close();
    pair.pump();
    assertThat(pair.server().referenceCounts().exported()).as("the root alone").isEqualTo(1);
    Garbage.awaitTrue(
        () -> {
          pair.pump();
          return pair.client().referenceCounts().exported() == 0;
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.Holder.Thing;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of ours that the other side holds, and how often. Section 10.2 of the reference. */
class ExportsTest {

  private final Holder holder = new Holder();
  private final RawPeer peer = RawPeer.ofServer(holder);

  @Test
  void theSameObjectHasTheSameNumberWhileItIsHeld() {
    peer.says(
        "[message 1 root mine 1 [tuple] [dictionary]]",
        "[message 2 root mine 1 [tuple] [dictionary]]",
        "[message 3 root both 1 [tuple] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[answer 1 [remote 1]]",
            "[answer 2 [remote 1]]",
            "[answer 3 [list [remote 1] [remote 1]]]");
    assertThat(exported()).isEqualTo(2);
    peer.says("[decref 1]", "[decref 1]", "[decref 1]");
    assertThat(exported()).as("one of four is left").isEqualTo(2);
    peer.says("[message 4 1 name 1 [tuple] [dictionary]]", "[decref 1]");
    assertThat(peer.heard()).containsExactly("[answer 4 u\"thing\"]");
    assertThat(exported()).isEqualTo(1);
    peer.says(
        "[message 5 1 name 1 [tuple] [dictionary]]",
        "[message 6 root echo 1 [tuple [local 1]] [dictionary]]",
        "[message 7 root mine 1 [tuple] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[error 5 !twisted.spread.pb.Error: Invalid Object ID]",
            "[answer 6 [None]]",
            "[answer 7 [remote 2]]");
    peer.says("[decref 1]");
    assertThat(peer.end()).contains("decref of 1, which is no reference of ours");
  }

  @Test
  void ourObjectComesHomeAsItself() {
    peer.says(
        "[message 1 root mine 1 [tuple] [dictionary]]",
        "[message 2 root isMine 1 [tuple [local 1]] [dictionary]]",
        "[message 3 root isRoot 1 [tuple [local root]] [dictionary]]",
        "[message 4 root echo 1 [tuple [local 99]] [dictionary]]",
        "[message 5 root echo 1 [tuple [local root]] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[answer 1 [remote 1]]",
            "[answer 2 [boolean true]]",
            "[answer 3 [boolean true]]",
            "[answer 4 [None]]",
            "[answer 5 [remote 2]]");
    peer.says("[decref 2]", "[message 6 root isRoot 1 [tuple [local root]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 6 [boolean true]]");
  }

  @Test
  void whatIsNotSentAfterAllIsNotCounted() {
    peer.says("[message 1 root mineAndNonsense 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("the answer cannot be sent");
    assertThat(exported()).isEqualTo(1);
    peer.says("[message 2 root mine 1 [tuple] [dictionary]]", "[decref 3]");
    assertThat(peer.heard())
        .as("numbers are never used again")
        .containsExactly("[answer 2 [remote 3]]");
    assertThat(peer.end()).isNull();
    assertThat(exported()).isEqualTo(1);
  }

  @Test
  void anObjectThatIsHeldKeepsItsCountWhenAMessageFails() {
    peer.says(
        "[message 1 root mine 1 [tuple] [dictionary]]",
        "[message 2 root mineAndNonsense 1 [tuple] [dictionary]]",
        "[message 3 1 name 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).last().isEqualTo("[answer 3 u\"thing\"]");
    peer.says("[decref 1]");
    assertThat(exported()).isEqualTo(1);
  }

  @Test
  void argumentsThatCannotBeSentAreNotCounted() {
    RawPeer server = RawPeer.ofClient();
    Thing thing = new Thing();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("hold", thing, "\ud800");
    assertThatThrownBy(call::join).hasCauseInstanceOf(UnsendableException.class);
    assertThat(server.broker().referenceCounts().exported()).isZero();
  }

  /** Our table holds the root, which takes one place of 1,025. */
  @Test
  void asManyReferencesAreGivenAsTheLimit() {
    peer.says("[message 1 root many 1 [tuple 1024] [dictionary]]");
    assertThat(peer.heard().get(0)).contains("[remote 1024]");
    peer.says("[message 2 root mine 1 [tuple] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[error 2 !twisted.spread.pb.Error: Maximum PB reference count exceeded.]");
    peer.says("[decref 7]", "[message 3 root mine 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 3 [remote 1025]]");
    peer.says("[message 4 root many 1 [tuple 5] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("Maximum PB reference count");
    assertThat(exported()).as("nothing of the failed answer stays").isEqualTo(1025);
  }

  @Test
  void theLimitOfReferencesIsASetting() {
    BrokerSettings settings = BrokerSettings.DEFAULT.withMaxReferences(3);
    RawPeer small = RawPeer.ofServer(holder, settings);
    small.says("[message 1 root many 1 [tuple 3] [dictionary]]");
    assertThat(small.heard()).containsExactly("[answer 1 [list [remote 1] [remote 2] [remote 3]]]");
    small.says("[message 2 root mine 1 [tuple] [dictionary]]");
    assertThat(small.heard()).singleElement().asString().contains("Maximum PB reference count");
  }

  /** Twisted says decref before the answer that brings the object home. */
  @Test
  void whatACallMentionsComesHomeEvenIfItWasLetGoBefore() {
    RawPeer server = RawPeer.ofClient();
    Thing thing = new Thing();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("echo", thing);
    assertThat(server.heard())
        .containsExactly("[message 1 root echo 1 [tuple [remote 1]] [dictionary]]");
    server.says("[decref 1]");
    assertThat(server.broker().referenceCounts().exported()).isEqualTo(1);
    server.says("[answer 1 [local 1]]");
    assertThat(call).isCompletedWithValue(thing);
    assertThat(server.broker().referenceCounts().exported()).isZero();
  }

  @Test
  void itStaysUntilTheLastCallThatMentionsItIsAnswered() {
    RawPeer server = RawPeer.ofClient();
    Thing thing = new Thing();
    server.broker().root().call("hold", thing, thing);
    CompletableFuture<@Nullable Object> second = server.broker().root().call("echo", thing);
    server.says("[decref 1]", "[decref 1]", "[decref 1]", "[answer 1 [None]]");
    assertThat(server.broker().referenceCounts().exported()).isEqualTo(1);
    server.says("[answer 2 [local 1]]");
    assertThat(second).isCompletedWithValue(thing);
    assertThat(server.broker().referenceCounts().exported()).isZero();
  }

  @Test
  void whatWasLetGoIsNotCalledAnyMoreAndGetsANewNumber() {
    RawPeer server = RawPeer.ofClient();
    Thing thing = new Thing();
    server.broker().root().call("echo", thing);
    server.heard();
    server.says("[decref 1]", "[message 1 1 name 1 [tuple] [dictionary]]");
    assertThat(server.heard())
        .containsExactly("[error 1 !twisted.spread.pb.Error: Invalid Object ID]");
    server.broker().root().call("echo", thing);
    assertThat(server.heard())
        .containsExactly("[message 2 root echo 1 [tuple [remote 2]] [dictionary]]");
    server.says("[decref 1]");
    assertThat(server.end()).contains("decref of 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[error 1 [None]]", "[error 1 [frobnicate]]", "[answer 1 [frobnicate]]"})
  void anErrorOrAnUnreadableAnswerEndsTheMentionToo(String outcome) {
    RawPeer server = RawPeer.ofClient();
    server.broker().root().call("echo", new Thing());
    server.says("[decref 1]", outcome);
    assertThat(server.broker().referenceCounts().exported()).isZero();
  }

  @Test
  void aCallWithoutAnswerMentionsNothing() {
    RawPeer server = RawPeer.ofClient();
    server.broker().root().send("echo", new Thing());
    assertThat(server.broker().referenceCounts().exported()).isEqualTo(1);
    server.says("[decref 1]");
    assertThat(server.broker().referenceCounts().exported()).isZero();
  }

  private int exported() {
    return peer.broker().referenceCounts().exported();
  }
}

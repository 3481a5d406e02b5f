// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References and their counts. Section 10 of the reference. */
class ReferencesTest {

  private static final class Thing implements Referenceable {
    @Exposed
    String name() {
      return "thing";
    }
  }

  /** Holds things of ours and of the other side. */
  private static final class Holder implements Referenceable {
    final Thing mine = new Thing();
    final List<Object> held = new ArrayList<>();
    final CompletableFuture<Object> later = new CompletableFuture<>();

    @Exposed
    Thing mine() {
      return mine;
    }

    @Exposed
    Object many(int count) {
      List<Object> things = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        things.add(new Thing());
      }
      return things;
    }

    @Exposed
    Object both() {
      return List.of(mine, mine);
    }

    @Exposed
    Object mineAndNonsense() {
      return Tuple.of(mine, new Thing(), "\ud800");
    }

    @Exposed
    boolean isMine(Thing thing) {
      return thing == mine;
    }

    @Exposed
    boolean isRoot(Holder holder) {
      return holder == this;
    }

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      return value;
    }

    @Exposed
    void hold(Object... things) {
      held.addAll(List.of(things));
    }

    @Exposed
    Object released() {
      held.clear();
      return 1;
    }

    @Exposed
    CompletableFuture<Object> echoLater(Object value) {
      return later.thenApply(done -> value);
    }

    @Exposed
    String needsText(String text) {
      return text;
    }
  }

  private final Holder holder = new Holder();
  private final RawPeer peer = RawPeer.ofServer(holder);

  // ---- ours: numbers and counts ----

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
    BrokerSettings settings = new BrokerSettings(BananaLimits.DEFAULT, 3, 10, Runnable::run);
    RawPeer small = RawPeer.ofServer(holder, settings);
    small.says("[message 1 root many 1 [tuple 3] [dictionary]]");
    assertThat(small.heard()).containsExactly("[answer 1 [list [remote 1] [remote 2] [remote 3]]]");
    small.says("[message 2 root mine 1 [tuple] [dictionary]]");
    assertThat(small.heard()).singleElement().asString().contains("Maximum PB reference count");
  }

  // ---- ours: mentioned in calls under way ----

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

  // ---- theirs ----

  private RawPeer server() {
    return RawPeer.ofClient();
  }

  private static RemoteReference received(RawPeer server, String value) {
    CompletableFuture<@Nullable Object> call = server.broker().root().call("get");
    server.heard();
    server.says("[answer " + nextRequest(server) + " " + value + "]");
    return (RemoteReference) call.join();
  }

  /** A raw peer does not look at what it hears: the requests are counted here. */
  private static int nextRequest(RawPeer server) {
    return REQUESTS.merge(server, 1, Integer::sum);
  }

  private static final Map<RawPeer, Integer> REQUESTS = new java.util.WeakHashMap<>();

  @Test
  void theirObjectIsTheSameReferenceWhileItIsHeld() {
    RawPeer server = server();
    RemoteReference one = received(server, "[remote 5]");
    assertThat(received(server, "[remote 5]")).isSameAs(one);
    assertThat(received(server, "[remote 6]")).isNotSameAs(one);
    assertThat(one.connection()).isSameAs(server.broker());
    assertThat(one).hasToString("RemoteReference[5 at " + server.link().remoteAddress() + "]");
  }

  @Test
  void itsMethodsAreCalledByItsNumberAndItGoesHomeByItsNumber() {
    RawPeer server = server();
    RemoteReference one = received(server, "[remote 5]");
    one.call("name", one, List.of(one));
    assertThat(server.heard())
        .containsExactly("[message 2 5 name 1 [tuple [local 5] [list [local 5]]] [dictionary]]");
    one.call("rooted", server.broker().root());
    assertThat(server.heard())
        .containsExactly("[message 3 5 rooted 1 [tuple [local root]] [dictionary]]");
  }

  @Test
  void eachOccurrenceIsPaidBackOnClose() {
    RawPeer server = server();
    RemoteReference one = received(server, "[remote 5]");
    received(server, "[remote 5]");
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
    RawPeer server = server();
    RemoteReference one = received(server, "[remote 5]");
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
    RawPeer server = server();
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
    RawPeer server = server();
    received(server, "[remote other]").close();
    server.broker().root().close();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatBecomesUnreachableIsPaidBack() {
    RawPeer server = server();
    received(server, "[remote 5]");
    awaitHearing(server, Set.of("[decref 5]"));
    assertThat(server.broker().referenceCounts().imported()).isZero();
  }

  @Test
  void whatArrivedAsAnArgumentIsPaidBackBehindTheAnswerThatMentionsIt() {
    peer.says("[message 1 root echo 1 [tuple [remote 2]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 [local 2]]");
    awaitHearing(peer, Set.of("[decref 2]"));
  }

  /** While the answer is not there the object may still be mentioned in it. */
  @Test
  void whatAnAnswerToComeWillMentionIsKeptUntilThen() {
    peer.says("[message 1 root echoLater 1 [tuple [remote 2]] [dictionary]]");
    collectGarbage();
    assertThat(peer.heard()).isEmpty();
    holder.later.complete(1);
    List<String> heard = new ArrayList<>(peer.heard());
    assertThat(heard).containsExactly("[answer 1 [local 2]]");
    awaitHearing(peer, Set.of("[decref 2]"));
  }

  @Test
  void whatIsHeldStaysUntilItIsLetGo() {
    peer.says("[message 1 root hold 1 [tuple [remote 2] [remote 2]] [dictionary]]");
    collectGarbage();
    assertThat(peer.heard()).containsExactly("[answer 1 [None]]");
    peer.says("[message 2 root released 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 2 1]");
    awaitHearing(peer, List.of("[decref 2]", "[decref 2]"));
  }

  // ---- values that nobody reads ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root echo 1 [tuple [list [remote 5] [remote 6]] [remote 5] [frobnicate]] [dictionary]",
        "root echo 1 [tuple [frobnicate [remote 5] [x [remote 6]]] [remote 5]] [dictionary]",
        "root echo 1 [tuple 1] [dictionary [u\"a\" [list [remote 5] [remote 6] [remote 5] []]]]",
        "root echo 1 [tuple [remote 5] []] [dictionary [u\"a\" [remote 6]] [u\"b\" [remote 5]]]",
        "root absent 1 [tuple [remote 5] [remote 6]] [dictionary [u\"k\" [remote 5]]]",
        "99 echo 1 [tuple [set [remote 5]] [remote 6]] [dictionary [[remote 5] 1]]",
        "root absent 0 [tuple [remote 5] [remote 6]] [dictionary [u\"k\" [remote 5]]]",
        "root echo 1 [dictionary [1 [remote 5]] [2 [remote 6]] [3 [remote 5]] [4]] [dictionary]",
        "root echo 1 [tuple [reference 1 [remote 5]] [remote 6] [tuple [remote 5]] 5 []]"
            + " [dictionary]",
        "root echo 1 [tuple [dictionary [remote 1] [list 2]] [remote 5] [remote 5] [remote 6] []]"
            + " [dictionary]",
      })
  void theReferencesOfRefusedArgumentsArePaidBackExactly(String call) {
    peer.says("[message 1 " + call + "]");
    List<String> decrefs = peer.heard().stream().filter(m -> m.startsWith("[decref")).toList();
    assertThat(decrefs).containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
    collectGarbage();
    assertThat(peer.heard()).as("and not a second time").isEmpty();
  }

  /** What was read before the refusal is garbage, and paid when the collector finds it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "root echo 1 [tuple [remote 5] [remote 6] [remote 5]] [dictionary]",
        "root needsText 1 [tuple [list [remote 5] [remote 6] [remote 5]]] [dictionary]",
        "root echo 1 [tuple [remote 5]] [dictionary [u\"a\" [remote 6]] [u\"b\" [remote 5]]]",
        "root echo 1 [tuple [remote 5] [remote 5]] [dictionary [5 [remote 6]]]",
      })
  void theReferencesOfArgumentsThatDoNotFitArePaidBackExactly(String call) {
    peer.says("[message 1 " + call + "]");
    List<String> heard = new ArrayList<>(peer.heard());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              heard.addAll(peer.heard());
              return heard.size() >= 4;
            });
    collectGarbage();
    heard.addAll(peer.heard());
    heard.removeIf(message -> message.startsWith("[error"));
    assertThat(heard).containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
  }

  @Test
  void theReferencesOfAnUnreadableAnswerArePaidBackExactly() {
    RawPeer server = server();
    RemoteReference kept = received(server, "[remote 5]");
    CompletableFuture<@Nullable Object> call = server.broker().root().call("get");
    server.heard();
    server.says("[answer 2 [list [remote 5] [remote 5] [remote 6] [frobnicate]]]");
    assertThat(call).isCompletedExceptionally();
    assertThat(server.heard()).containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
    kept.close();
    assertThat(server.heard()).as("the one that is still held").containsExactly("[decref 5]");
    collectGarbage();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatIsNoReferenceIsNotPaid() {
    peer.says("[message 1 root absent 1 [tuple [remote root] [remote [x]] [remote]] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("NoSuchMethod");
  }

  // ---- third parties ----

  @Test
  void aReferenceIsNotPassedOnToAnybodyElse() {
    RemoteReference foreign = received(server(), "[remote 5]");
    RawPeer other = server();
    assertThatThrownBy(other.broker().root().call("take", foreign)::join)
        .hasCauseInstanceOf(UnsendableException.class)
        .hasMessageContaining("belongs to another connection and cannot be passed on");
    assertThat(other.heard()).isEmpty();
  }

  // ---- both ends ----

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
    awaitTrue(
        () -> {
          pair.pump();
          return pair.client().referenceCounts().exported() == 0;
        });
  }

  // ---- help ----

  private int exported() {
    return peer.broker().referenceCounts().exported();
  }

  /** Long enough for a cleaner that had anything to do. */
  private static void collectGarbage() {
    Object[] canary = {new Object()};
    boolean[] collected = {false};
    java.lang.ref.Cleaner cleaner = java.lang.ref.Cleaner.create();
    cleaner.register(canary[0], () -> collected[0] = true);
    canary[0] = null;
    awaitTrue(() -> collected[0]);
    System.gc();
  }

  private static void awaitTrue(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .pollInSameThread()
        .until(
            () -> {
              System.gc();
              return condition.getAsBoolean();
            });
  }

  private static void awaitHearing(RawPeer peer, java.util.Collection<String> expected) {
    List<String> heard = new ArrayList<>();
    awaitTrue(
        () -> {
          heard.addAll(peer.heard());
          return heard.size() >= expected.size();
        });
    assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
  }
}

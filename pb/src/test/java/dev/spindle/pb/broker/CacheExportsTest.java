// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.Tuple;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our objects of which the other side keeps copies. Section 11.2 of the reference. */
class CacheExportsTest {
  private static final String FIRST =
      "[samples.Pond 1 [dictionary [u\"ducks\" [list u\"mallard\"]]]]";

  private final Pond pond = new Pond("mallard");

  /** Gives what it is told to. */
  private final class Desk implements Referenceable {
    @Exposed
    Pond pond() {
      return pond;
    }

    @Exposed
    @Nullable Object two() {
      return List.of(pond, pond);
    }

    @Exposed
    Object nonsense() {
      return Tuple.of(pond, pond, "\ud800");
    }

    @Exposed
    Object many(int count) {
      List<Pond> ponds = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ponds.add(new Pond());
      }
      return ponds;
    }

    @Exposed
    boolean isPond(Object what) {
      return what == pond;
    }

    @Exposed
    CompletableFuture<?> add(String duck) {
      return pond.add(duck);
    }

    /** Changes, and does not wait for who is told. */
    @Exposed
    int quick(String duck) {
      pond.add(duck);
      return pond.ducks.size();
    }
  }

  private final RawPeer peer = RawPeer.ofServer(new Desk());

  private List<String> asks(String... methods) {
    for (String method : methods) {
      peer.says("[message 1 root " + method + " 1 [tuple] [dictionary]]");
    }
    return peer.heard();
  }

  private int kept() {
    return peer.broker().cacheCounts().exported();
  }

  @Test
  void itIsSentWholeOnceAndThenByItsNumber() {
    assertThat(asks("pond")).containsExactly("[answer 1 " + FIRST + "]");
    assertThat(asks("pond", "two"))
        .containsExactly("[answer 1 [cached 1]]", "[answer 1 [list [cached 1] [cached 1]]]");
    assertThat(pond.observers).hasSize(1);
    assertThat(kept()).isOne();
  }

  @Test
  void withinItsFirstValueItIsSharedAndCountsOnce() {
    assertThat(asks("two"))
        .containsExactly("[answer 1 [list [reference 1 " + FIRST + "] [dereference 1]]]");
    peer.says("[decache 1]");
    assertThat(peer.heard())
        .containsExactly("[cachemessage 1 1 farewell 0 [tuple] [dictionary]]", "[uncache 1]");
    assertThat(kept()).isZero();
  }

  /** Arguments and keyword arguments are two values of one message. */
  @Test
  void inTheSecondValueOfItsFirstMessageItHasItsNumber() {
    RawPeer server = RawPeer.ofClient();
    server.broker().root().call("take", new Object[] {pond}, Map.of("again", pond));
    assertThat(server.heard())
        .containsExactly(
            "[message 1 root take 1 [tuple " + FIRST + "] [dictionary [u\"again\" [cached 1]]]]");
    server.says("[decache 1]");
    assertThat(server.heard()).isEmpty();
    server.says("[decache 1]");
    assertThat(server.heard()).last().isEqualTo("[uncache 1]");
  }

  @Test
  void itsStateMayHoldItselfAndReferencesAndOtherCaches() {
    Pond inner = new Pond();
    Pond outer =
        new Pond() {
          @Override
          public Object stateFor(Observer observer) {
            super.stateFor(observer);
            return List.of(this, inner, new Referenceable() {});
          }
        };
    RawPeer server = RawPeer.ofClient();
    server.broker().root().call("take", outer);
    assertThat(server.heard().get(0))
        .contains(
            "[tuple [reference 1 [samples.Pond 1 [list [dereference 1] [samples.Pond 2 [dictionary"
                + " [u\"ducks\" [list]]]] [remote 3]]]]]");
  }

  @Test
  void itComesHomeAsItself() {
    asks("pond");
    peer.says("[message 2 root isPond 1 [tuple [lcache 1]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 2 [boolean true]]");
    peer.says("[decache 1]");
    peer.heard();
    peer.says("[message 3 root isPond 1 [tuple [lcache 1]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 3 !builtins.KeyError: 1]");
  }

  @Test
  void changesAreToldInOrderAndBeforeTheAnswerOfWhatMadeThem() {
    asks("pond");
    peer.says(
        "[message 2 root quick 1 [tuple u\"teal\"] [dictionary]]",
        "[message 3 root quick 1 [tuple u\"wigeon\"] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[cachemessage 1 1 added 1 [tuple u\"teal\"] [dictionary]]",
            "[answer 2 2]",
            "[cachemessage 2 1 added 1 [tuple u\"wigeon\"] [dictionary]]",
            "[answer 3 3]");
  }

  @Test
  void whatTheCopyAnswersComesBack() {
    asks("pond");
    peer.says("[message 2 root add 1 [tuple u\"teal\"] [dictionary]]", "[answer 1 2]");
    assertThat(peer.heard()).last().isEqualTo("[answer 2 [list 2]]");
    Observer observer = pond.observers.get(0);
    CompletableFuture<@Nullable Object> update =
        observer.call("rename", new Object[] {1}, Map.of("to", "x"));
    assertThat(peer.heard())
        .containsExactly("[cachemessage 2 1 rename 1 [tuple 1] [dictionary [u\"to\" u\"x\"]]]");
    peer.says("[error 2 [None]]");
    assertThatThrownBy(update::join).hasCauseInstanceOf(RemoteException.class);
    assertThat(observer.connection()).isSameAs(peer.broker());
    assertThat(observer.perspective()).isEmpty();
    assertThat(observer).hasToString("Observer[1 at " + peer.link().remoteAddress() + "]");
  }

  /** Nobody would hear of it, and the copy would be wrong from then on. */
  @Test
  void anUpdateThatCannotBeSentEndsTheConnection() {
    asks("pond");
    pond.observers.get(0).call("added", new Object());
    assertThat(peer.broker().isEnding()).as("told to who waits for the answer").isFalse();
    pond.observers.get(0).send("added", new Object());
    assertThat(peer.heard()).isEmpty();
    assertThat(peer.broker().isEnding()).isTrue();
  }

  @Test
  void onceItWasLetGoItStartsOverWithItsStateOfThen() {
    asks("pond", "pond");
    peer.says("[decache 1]");
    assertThat(peer.heard()).as("one of two is left").isEmpty();
    Observer first = pond.observers.get(0);
    peer.says("[decache 1]");
    assertThat(peer.heard())
        .containsExactly("[cachemessage 1 1 farewell 0 [tuple] [dictionary]]", "[uncache 1]");
    assertThat(pond.stopped).containsExactly(first);
    pond.add("teal");
    assertThat(asks("pond"))
        .containsExactly(
            "[answer 1 [samples.Pond 2 [dictionary [u\"ducks\" [list u\"mallard\" u\"teal\"]]]]]");
    CompletableFuture<@Nullable Object> late = first.call("added", "nobody");
    first.send("added", "nobody");
    assertThat(peer.heard()).as("the first copy is gone").isEmpty();
    assertThatThrownBy(late::join)
        .hasCauseInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("Observer[1 at")
        .hasMessageContaining("is kept no longer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[decache 1]", "[decache 2]", "[decache root]", "[decache [1]]", "[decref 1]"})
  void whatPaysBackMoreThanThereIsCostsTheConnection(String message) {
    asks("pond");
    peer.says("[decache 1]");
    peer.says(message);
    assertThat(peer.end()).containsAnyOf("of an unknown cache", "which is no reference of ours");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[decache 0]", "[decache 1.5]", "[uncache 1]", "[decref 1]"})
  void soDoesWhatIsAboutSomethingElse(String message) {
    asks("pond");
    peer.says(message);
    assertThat(peer.end()).containsAnyOf("of an unknown cache", "which is no reference of ours");
    assertThat(pond.stopped).as("observation ended all the same").hasSize(1);
  }

  @Test
  void anObjectIsNoCacheAndACacheNoObject() {
    RawPeer server = RawPeer.ofClient();
    server.broker().root().call("take", pond, new Referenceable() {});
    server.heard();
    server.says(
        "[cachemessage 1 2 added 1 [tuple] [dictionary]]",
        "[cachemessage 2 1 added 1 [tuple] [dictionary]]",
        "[message 3 1 added 1 [tuple] [dictionary]]");
    assertThat(server.heard())
        .containsExactly(
            "[error 1 !builtins.KeyError: 2]",
            "[error 2 !builtins.KeyError: 1]",
            "[error 3 !twisted.spread.pb.Error: Invalid Object ID]");
    server.says("[decache 2]");
    assertThat(server.end()).isEqualTo("\"decache\" of an unknown cache 2");
  }

  @Test
  void whatIsNotSentAfterAllIsNotObserved() {
    assertThat(asks("nonsense")).singleElement().asString().contains("cannot be sent");
    assertThat(kept()).isZero();
    assertThat(pond.observers).isEmpty();
    assertThat(pond.stopped).as("it was told").hasSize(1);
    assertThat(asks("pond")).singleElement().asString().contains("[samples.Pond 2 ");
  }

  @Test
  void whatIsKeptStaysSoWhenAMessageFails() {
    asks("pond", "nonsense");
    assertThat(kept()).isOne();
    assertThat(pond.stopped).isEmpty();
    peer.says("[decache 1]");
    assertThat(kept()).isZero();
  }

  @Test
  void aStateThatCannotBeToldCostsTheCall() {
    Pond faulty =
        new Pond() {
          @Override
          public Object stateFor(Observer observer) {
            super.stateFor(observer);
            throw new IllegalStateException("drained");
          }
        };
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("take", faulty);
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(UnsendableException.class)
        .hasMessageContaining("drained");
    assertThat(server.broker().cacheCounts().exported()).isZero();
    assertThat(faulty.observers.get(0).call("added")).isCompletedExceptionally();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void aTagThatIsTheProtocolsOwnIsNotSent() {
    Pond list =
        new Pond() {
          @Override
          public String tag() {
            return "list";
          }
        };
    assertThatThrownBy(() -> RawPeer.ofClient().broker().root().call("take", list).join())
        .hasMessageContaining("cannot have the tag 'list'");
  }

  /** The value is looked through before it is written, which is when states are told. */
  @Test
  void anObjectThatComesUpOnlyWhileItIsWrittenCostsTheCall() {
    List<Object> fickle =
        new AbstractList<>() {
          private int gets;

          @Override
          public Object get(int index) {
            return gets++ == 0 ? "text" : new Object();
          }

          @Override
          public int size() {
            return 1;
          }
        };
    CompletableFuture<@Nullable Object> call =
        RawPeer.ofClient().broker().root().call("take", fickle);
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(UnsendableException.class)
        .hasMessageContaining("java.lang.Object came up while a value was being sent");
  }

  /** While a message is half written, nothing else can go out. */
  @Test
  void whatIsSaidWhileTheStateIsToldFollowsIt() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference root = server.broker().root();
    Pond chatty =
        new Pond() {
          @Override
          public Object stateFor(Observer observer) {
            observer.send("added", "teal");
            root.send("hello");
            return super.stateFor(observer);
          }
        };
    root.call("take", chatty);
    assertThat(server.heard())
        .containsExactly(
            "[message 1 root take 1 [tuple [samples.Pond 1 [dictionary [u\"ducks\" [list]]]]]"
                + " [dictionary]]",
            "[cachemessage 2 1 added 0 [tuple u\"teal\"] [dictionary]]",
            "[message 3 root hello 0 [tuple] [dictionary]]");
  }

  /** Twisted lets go of what it was sent before the answer that returns it. */
  @Test
  void whatACallMentionsComesHomeEvenIfItWasLetGoBefore() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("echo", pond);
    server.heard();
    server.says("[decache 1]");
    assertThat(server.heard()).last().isEqualTo("[uncache 1]");
    server.says("[answer 1 [lcache 1]]");
    assertThat(call).isCompletedWithValue(pond);
    assertThat(server.broker().cacheCounts().exported()).isZero();
  }

  @Test
  void anUpdateThatMentionsItKeepsIt() {
    asks("pond");
    pond.observers.get(0).call("meet", pond);
    assertThat(peer.heard())
        .containsExactly("[cachemessage 1 1 meet 1 [tuple [cached 1]] [dictionary]]");
    peer.says("[decache 1]");
    assertThat(pond.stopped).isEmpty();
    peer.says("[decache 1]");
    assertThat(pond.stopped).hasSize(1);
  }

  @Test
  void theEndOfTheConnectionEndsEveryObservation() {
    asks("pond");
    Observer observer = pond.observers.get(0);
    peer.link().disconnect("cut");
    assertThat(pond.stopped).containsExactly(observer);
    assertThat(kept()).isZero();
    CompletableFuture<@Nullable Object> late = observer.call("added", "x");
    assertThatThrownBy(late::join).hasCauseInstanceOf(DeadReferenceException.class);
    peer.link().closeEndpoint();
    assertThat(observer.call("added", "x")).isCompletedExceptionally();
  }

  @Test
  void asManyAreKeptAsTheLimit() {
    RawPeer small = RawPeer.ofServer(new Desk(), BrokerSettings.DEFAULT.withMaxReferences(2));
    small.says("[message 1 root many 1 [tuple 3] [dictionary]]");
    assertThat(small.heard()).singleElement().asString().contains("[samples.Pond 3 ");
    small.says("[message 2 root pond 1 [tuple] [dictionary]]");
    assertThat(small.heard())
        .containsExactly("[error 2 !twisted.spread.pb.Error: Maximum PB cache count exceeded.]");
    small.says("[decache 1]");
    small.heard();
    small.says("[message 3 root pond 1 [tuple] [dictionary]]");
    assertThat(small.heard()).singleElement().asString().contains("[answer 3 [samples.Pond 4 ");
  }

  /** Refusals of references and of caches are counted together. */
  @Test
  void theFourthRefusalSaysGoodbye() {
    RawPeer small = RawPeer.ofServer(new Holder(), BrokerSettings.DEFAULT.withMaxReferences(2));
    for (int i = 1; i < 4; i++) {
      small.says("[message " + i + " root many 1 [tuple 3] [dictionary]]");
      assertThat(small.heard())
          .containsExactly(
              "[error " + i + " !twisted.spread.pb.Error: Maximum PB reference count exceeded.]");
      assertThat(small.link().isClosing()).isFalse();
    }
    small.says("[message 4 root many 1 [tuple 3] [dictionary]]");
    assertThat(small.heard())
        .containsExactly(
            "[error 4 !twisted.spread.pb.Error: Maximum PB reference count exceeded.  Goodbye.]");
    assertThat(small.link().isClosing()).isTrue();
  }

  @Test
  void refusedCachesCountWithRefusedReferences() {
    RawPeer server = RawPeer.ofClient(BrokerSettings.DEFAULT.withMaxReferences(0));
    RemoteReference root = server.broker().root();
    root.call("take", new Holder.Thing());
    root.call("take", new Pond());
    Map<String, CompletableFuture<?>> refused = new HashMap<>();
    refused.put("Maximum PB reference count exceeded.", root.call("take", new Holder.Thing()));
    refused.put("Maximum PB cache count exceeded.", root.call("take", new Pond()));
    refused.put("Maximum PB cache count exceeded. ", root.call("take", new Pond()));
    refused.put(
        "Maximum PB reference count exceeded.  Goodbye.", root.call("take", new Holder.Thing()));
    refused.forEach(
        (text, call) -> assertThatThrownBy(call::join).hasMessageEndingWith(text.strip()));
    server.heard();
    assertThat(server.link().isClosing()).isTrue();
  }

  @Test
  void nullsAreNoneWhicheverMethodTheyAreTakenFor() {
    asks("pond");
    Observer observer = pond.observers.get(0);
    observer.call("m", (Object[]) null);
    observer.call("m", null, Map.of("a", 1));
    observer.send("m", (Object[]) null);
    assertThat(peer.heard())
        .containsExactly(
            "[cachemessage 1 1 m 1 [tuple [None]] [dictionary]]",
            "[cachemessage 2 1 m 1 [tuple [None] [dictionary [u\"a\" 1]]] [dictionary]]",
            "[cachemessage 3 1 m 0 [tuple [None]] [dictionary]]");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.vectors.Notation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of the other side and our answers. Sections 8.3 and 9 of the reference. */
class IncomingCallsTest {

  /** Says what it is told, now or later. */
  private static final class Desk implements Referenceable {
    final List<CompletableFuture<Object>> waiting = new ArrayList<>();
    final List<Object> seen = new ArrayList<>();

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      seen.add(String.valueOf(value));
      return value;
    }

    @Exposed
    CompletionStage<Object> later() {
      waiting.add(new CompletableFuture<>());
      return waiting.get(waiting.size() - 1);
    }

    @Exposed
    void nothing() {}

    @Exposed
    Object fail(String text) {
      throw new IllegalStateException(text);
    }

    @Exposed
    Object error() {
      throw new PbError("farm.NoSuchThing", "no such thing");
    }

    @Exposed
    Object huge() {
      return BigInteger.TWO.pow(448);
    }

    @Exposed
    Object unsendable() {
      return List.of(1L, new IdentityHashMap<>(Map.of("k", new Object())));
    }

    @Exposed("other-name")
    int named(int a, int b) {
      return a - b;
    }

    Object hidden() {
      throw new AssertionError("reached");
    }
  }

  private final Desk desk = new Desk();
  private final RawPeer peer = RawPeer.ofServer(desk);

  @Test
  void aCallIsAnsweredWithItsValue() {
    peer.says("[message 1 root echo 1 [tuple u\"hi\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 u\"hi\"]");
    peer.says("[message 2 root nothing 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 2 [None]]");
  }

  @Test
  void argumentsComeByPlaceOrByName() {
    peer.says(
        "[message 1 root other-name 1 [tuple 5 3] [dictionary]]",
        "[message 2 root other-name 1 [tuple 5] [dictionary [u\"b\" 3]]]",
        "[message 3 root other-name 1 [tuple] [dictionary [b 3] [a 5]]]",
        "[message 4 root other-name 1 [list 5 3] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly("[answer 1 2]", "[answer 2 2]", "[answer 3 2]", "[answer 4 2]");
  }

  @Test
  void answersComeInTheOrderOfCompletion() {
    peer.says(
        "[message 1 root later 1 [tuple] [dictionary]]",
        "[message 2 root later 1 [tuple] [dictionary]]",
        "[message 3 root echo 1 [tuple 3] [dictionary]]");
    desk.waiting.get(1).complete(2L);
    desk.waiting.get(0).complete(1L);
    assertThat(peer.heard()).containsExactly("[answer 3 3]", "[answer 2 2]", "[answer 1 1]");
  }

  @Test
  void anAnswerFromAnotherThreadIsSentByTheConnectionsOwn() throws Exception {
    peer.says("[message 1 root later 1 [tuple] [dictionary]]");
    Thread other = new Thread(() -> desk.waiting.get(0).complete(1L));
    other.start();
    other.join();
    assertThat(peer.heard()).containsExactly("[answer 1 1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "[]", "\"\"", "0.0"})
  void whereNoAnswerIsWantedNoneIsGiven(String wanted) {
    peer.says(
        "[message 1 root echo " + wanted + " [tuple 5] [dictionary]]",
        "[message 2 root fail " + wanted + " [tuple u\"x\"] [dictionary]]",
        "[message 3 root absent " + wanted + " [tuple] [dictionary]]",
        "[message 4 99 absent " + wanted + " [tuple] [dictionary]]",
        "[message 5 root echo " + wanted + " [tuple [frobnicate]] [dictionary]]",
        "[message 6 root huge " + wanted + " [tuple] [dictionary]]",
        "[message 7 root later " + wanted + " [tuple] [dictionary]]",
        "[cachemessage 8 1 x " + wanted + " [tuple] [dictionary]]");
    desk.waiting.get(0).complete(1L);
    assertThat(desk.seen).containsExactly("5");
    assertThat(peer.heard()).isEmpty();
    assertThat(peer.end()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "-1", "x", "[0]", "0.5"})
  void anythingThatIsTrueInPythonWantsAnAnswer(String wanted) {
    peer.says("[message 1 root echo " + wanted + " [tuple 5] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 5]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-5", "[a [b]]", "1.5"})
  void requestsAreEchoedWhateverTheyAre(String request) {
    peer.says("[message " + request + " root echo 1 [tuple 5] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer " + request + " 5]");
    peer.says("[message " + request + " root absent 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().startsWith("[error " + request + " !");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root absent|twisted.spread.flavors.NoSuchMethod: No such method: remote_absent",
        "root hidden|twisted.spread.flavors.NoSuchMethod: No such method: remote_hidden",
        "root toString|twisted.spread.flavors.NoSuchMethod: No such method: remote_toString",
        "99 echo|twisted.spread.pb.Error: Invalid Object ID",
        "nobody echo|twisted.spread.pb.Error: Invalid Object ID",
        "[x] echo|twisted.spread.pb.Error: Invalid Object ID",
      })
  void unknownObjectsAndMethodsAreTwistedsErrors(String call, String error) {
    peer.says("[message 1 " + call + " 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 1 !" + error + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[tuple [cached 7]]|builtins.KeyError: 7",
        "[tuple [lcache 7]]|builtins.KeyError: 7",
        "[tuple [cached]]|builtins.IndexError: ",
        "[tuple [class builtins.str]]|twisted.spread.jelly.InsecureJelly: b'class'",
        "[tuple [os.path [None]]]|twisted.spread.jelly.InsecureJelly: Module os not allowed",
        "[tuple []]|builtins.IndexError: ",
        "[tuple [unicode]]|builtins.IndexError: ",
        "[tuple [dictionary [1]]]|builtins.ValueError: ",
        "[tuple [dereference 1]]|builtins.KeyError: ",
        "[tuple [date \"1 2\"]]|builtins.TypeError: ",
        "[dictionary]|builtins.TypeError: positional arguments must be a tuple",
        "5|builtins.TypeError: positional arguments must be a tuple",
        "[tuple [remote [x]]]|builtins.TypeError: ",
        "[tuple [remote]]|builtins.IndexError: ",
      })
  void refusedArgumentsAreErrorsOfTheCallAlone(String args, String error) {
    peer.says("[message 1 root echo 1 " + args + " [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().startsWith("[error 1 !" + error);
    peer.says("[message 2 root echo 1 [tuple 5] [dictionary [1 2]]]");
    assertThat(peer.heard()).singleElement().asString().contains("!builtins.TypeError: ");
    peer.says("[message 3 root echo 1 [tuple 5] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 3 5]");
  }

  @Test
  void aCallOfACacheIsAnErrorThatNamesIt() {
    peer.says("[cachemessage 1 7 added 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 1 !builtins.KeyError: 7]");
  }

  @Test
  void whatAMethodThrowsTravelsWithItsTypesAndText() {
    peer.says("[message 1 root fail 1 [tuple u\"by request\"] [dictionary]]");
    Object error = peer.heardExpressions().get(0);
    assertThat(error)
        .isEqualTo(
            Notation.read(
                "[error 1 [twisted.spread.pb.CopyableFailure [dictionary [u\"count\" 0] [u\"type\""
                    + " java.lang.IllegalStateException] [u\"value\" u\"by request\"]"
                    + " [u\"captureVars\" [boolean false]] [u\"frames\" [list]] [u\"stack\" [list]]"
                    + " [u\"tb\" [None]] [u\"parents\" [list u\"java.lang.IllegalStateException\""
                    + " u\"java.lang.RuntimeException\" u\"java.lang.Exception\""
                    + " u\"java.lang.Throwable\" u\"builtins.RuntimeError\" u\"builtins.Exception\""
                    + " u\"builtins.BaseException\" u\"builtins.object\"]] [u\"unsafeTracebacks\""
                    + " [boolean false]] [u\"traceback\" u\"Traceback unavailable\n\"]]]]"));
    peer.says("[message 2 root error 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 2 !farm.NoSuchThing: no such thing]");
  }

  @Test
  void theErrorOfAFutureTravelsWithoutItsWrapping() {
    peer.says("[message 1 root later 1 [tuple] [dictionary]]");
    desk.waiting.get(0).thenApply(x -> x);
    desk.waiting
        .get(0)
        .completeExceptionally(
            new java.util.concurrent.CompletionException(new PbError("a.B", "c")));
    assertThat(peer.heard()).containsExactly("[error 1 !a.B: c]");
  }

  @Test
  void anErrorsTextIsCutWhereItIsEndlessAndMendedWhereItIsNoText() {
    peer.says("[message 1 root later 1 [tuple] [dictionary]]");
    desk.waiting.get(0).completeExceptionally(new PbError("a.B", "x".repeat(100_000) + "\ud800"));
    assertThat(peer.heard().get(0)).hasSizeBetween(16_384, 17_000).endsWith("x…]");
    peer.says("[message 2 root later 1 [tuple] [dictionary]]");
    desk.waiting.get(1).completeExceptionally(new PbError("a.B", "lone \ud800"));
    assertThat(peer.heard()).containsExactly("[error 2 !a.B: lone ?]");
    peer.says("[message 3 root later 1 [tuple] [dictionary]]");
    desk.waiting.get(2).completeExceptionally(new NullPointerException());
    assertThat(peer.heard()).containsExactly("[error 3 !java.lang.NullPointerException: ]");
  }

  /** The text is longer than the smallest limit, the type is no text, and neither can be sent. */
  @Test
  void anErrorThatCannotBeSentIsAnErrorThatSaysSo() {
    BananaLimits small = new BananaLimits(1024, 16, 1024);
    RawPeer strict = RawPeer.ofServer(desk, BrokerSettings.DEFAULT.withLimits(small));
    strict.says(
        "[message 1 root later 1 [tuple] [dictionary]]",
        "[message 2 root later 1 [tuple] [dictionary]]");
    desk.waiting.get(0).completeExceptionally(new PbError("a.B", "x".repeat(1025)));
    desk.waiting.get(1).completeExceptionally(new PbError("a.\ud800", "no type"));
    assertThat(strict.heard())
        .containsExactly(
            "[error 1 !builtins.TypeError: the error cannot be sent:"
                + " <twisted.spread.pb.CopyableFailure>['value']: text of 1025 bytes: at most 1024"
                + " can be sent]",
            "[error 2 !builtins.TypeError: the error cannot be sent:"
                + " java.lang.IllegalArgumentException: text with a lone surrogate has no UTF-8"
                + " form]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "huge|the answer cannot be sent: an integer of 449 bits: at most 448 can be sent",
        "unsendable|the answer cannot be sent: [1]['k']: an object of java.lang.Object cannot be sent"
      })
  void aResultThatCannotBeSentIsAnErrorAndLeavesNoBytes(String method, String text) {
    peer.says("[message 1 root " + method + " 1 [tuple] [dictionary]]");
    assertThat(peer.heard())
        .singleElement()
        .asString()
        .startsWith("[error 1 !builtins.TypeError: " + text);
  }

  @Test
  void aResultThatComesLaterAndCannotBeSentIsAnErrorToo() {
    peer.says("[message 1 root later 1 [tuple] [dictionary]]");
    desk.waiting.get(0).complete(Set.of(List.of(1)));
    assertThat(peer.heard()).singleElement().asString().contains("the answer cannot be sent");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static dev.spindle.pb.vectors.WireForms.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.vectors.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message beyond a limit costs the call that it belongs to. */
class OversizedMessageTest {
  private static final BrokerSettings SMALL =
      BrokerSettings.DEFAULT.withLimits(new BananaLimits(1024, 16, 8192));

  private static final ByteString LONG = ByteString.copyOf(new byte[1025]);

  private static final class Echo implements Referenceable {
    @Exposed
    Object echo(Object value) {
      return value;
    }
  }

  static Stream<Arguments> tooMuch() {
    Object[] many = new Object[1025];
    many[0] = "list";
    Arrays.fill(many, 1, many.length, 7);
    Object deep = 1;
    for (int i = 0; i < 20; i++) {
      deep = list("list", deep);
    }
    Object[] wide = new Object[10];
    wide[0] = "list";
    Arrays.fill(wide, 1, wide.length, ByteString.copyOf(new byte[1000]));
    return Stream.of(
        Arguments.of(LONG, "string of 1025 announced: at most 1024 allowed"),
        Arguments.of(list("unicode", LONG), "string of 1025 announced: at most 1024 allowed"),
        Arguments.of(list(many), "list of 1025 announced: at most 1024 allowed"),
        Arguments.of(deep, "lists nested deeper than 16"),
        Arguments.of(list(wide), "expression longer than 8192 bytes"));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void ofAThousandCallsTheOneWhoseAnswerIsTooLargeFailsAlone(Object value, String reason) {
    for (String kind : new String[] {"answer", "error"}) {
      RawPeer server = RawPeer.ofClient(SMALL);
      List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
      for (int i = 1; i <= 1001; i++) {
        calls.add(server.broker().root().call("fetch", i));
      }
      List<Integer> order = new ArrayList<>();
      for (int i = 1; i <= 1001; i++) {
        order.add(i);
      }
      Collections.shuffle(order, new java.util.Random(8787));
      for (int i : order) {
        server.saysExpression(i == 500 ? list(kind, i, value) : list("answer", i, i));
      }
      for (int i = 1; i <= 1001; i++) {
        CompletableFuture<@Nullable Object> call = calls.get(i - 1);
        if (i == 500) {
          assertThatThrownBy(call::join)
              .cause()
              .isInstanceOf(UnreadableAnswerException.class)
              .hasMessage("the " + kind + " of 'fetch' cannot be read: " + reason);
        } else {
          assertThat(call).isCompletedWithValue((long) i);
        }
      }
      assertThat(server.end()).isNull();
      assertThat(server.broker().tolerance()).isEqualTo(new Tolerance(0, 0, 0, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void aCallThatIsTooLargeIsAnErrorThatNamesTheLimit(Object value, String reason) {
    RawPeer peer = RawPeer.ofServer(new Echo(), SMALL);
    Object none = Notation.read("[dictionary]");
    Object pair = list("dictionary", list(list("unicode", "k"), value));
    peer.saysExpression(list("message", 1, "root", "echo", 1, list("tuple", value), none));
    peer.saysExpression(list("message", 2, "root", "echo", 1, list("tuple"), pair));
    peer.saysExpression(list("message", 3, value, "echo", 1, list("tuple"), none));
    peer.saysExpression(list("cachemessage", 4, 1, "echo", 1, list("tuple", value), none));
    peer.saysExpression(list("message", 5, "root", "echo", 0, list("tuple", value), none));
    peer.saysExpression(list("message", 6, "root", value, 1, list("tuple"), none));
    peer.says("[message 7 root echo 1 [tuple 5] [dictionary]]");
    String error = "!twisted.spread.banana.BananaError: the call of ";
    String rest = " cannot be read: " + reason + "]";
    assertThat(peer.heard())
        .containsExactly(
            "[error 1 " + error + "\"echo\"" + rest,
            "[error 2 " + error + "\"echo\"" + rest,
            "[error 3 " + error + "\"echo\"" + rest,
            "[error 4 " + error + "\"echo\"" + rest,
            "[error 6 " + error + "a method" + rest,
            "[answer 7 5]");
    assertThat(peer.end()).isNull();
  }

  /** What comes behind the reason decides as well: whether an answer is wanted. */
  @ParameterizedTest
  @MethodSource("tooMuch")
  void whetherAnAnswerIsWantedMayStandBehindIt(Object value, String reason) {
    RawPeer peer = RawPeer.ofServer(new Echo(), SMALL);
    Object none = Notation.read("[dictionary]");
    for (Object wanted : new Object[] {0, "", BananaList.EMPTY, 0.0}) {
      peer.saysExpression(list("message", 1, value, "echo", wanted, list("tuple"), none));
    }
    assertThat(peer.heard()).isEmpty();
    for (Object wanted : new Object[] {1, "x", list(0), value, 0.5}) {
      peer.saysExpression(list("message", 2, value, "echo", wanted, list("tuple"), none));
    }
    assertThat(peer.heard()).hasSize(5).allMatch(error -> error.contains(reason));
  }

  @Test
  void itIsTheSameHoweverItArrives() {
    RawPeer server = RawPeer.ofClient(SMALL).byteByByte();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("fetch");
    CompletableFuture<@Nullable Object> other = server.broker().root().call("fetch");
    server.heard();
    server.saysExpression(list("answer", 1, list("list", list("remote", 5), LONG)));
    assertThat(call).isCompletedExceptionally();
    assertThat(server.heard()).containsExactly("[decref 5]");
    server.says("[answer 2 5]");
    assertThat(other).isCompletedWithValue(5L);
  }

  // ---- references ----

  /** Each mentions 5 twice and 6 once, before, around and behind what is too long. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[list [remote 5] [remote 6] [remote 5] LONG]",
        "[list LONG [remote 5] [remote 6] [remote 5]]",
        "[tuple [remote 5] [list [remote 6] [tuple LONG [remote 5]]]]",
        "[dictionary [u\"k\" [remote 5]] [[remote 6] LONG] [[remote 5] 1]]",
        "[dictionary [remote 1] [LONG 2] [[remote 5] [remote 6]] [3 [a.B [remote 5]]]]",
        "[reference 1 [list [remote 5] LONG [list [remote 6]] [reference 2 [remote 5]]]]",
        "[list [[remote 1] [remote 5]] LONG [[remote 1] [remote 5]] [remote 6 [remote 1]]]",
        "[list [remote [remote 1]] LONG [remote root] [remote 5] [remote 5] [x [remote 6]] []]",
      })
  void theReferencesThatItMentionsArePaidBackExactly(String value) {
    for (boolean byteByByte : new boolean[] {false, true}) {
      RawPeer server = RawPeer.ofClient(SMALL);
      if (byteByByte) {
        server.byteByByte();
      }
      CompletableFuture<@Nullable Object> call = server.broker().root().call("fetch");
      server.heard();
      server.saysExpression(list("answer", 1, withLong(Notation.read(value))));
      assertThat(call).isCompletedExceptionally();
      assertThat(server.heard())
          .containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
      assertThat(server.end()).isNull();
    }
  }

  private static Object withLong(Object expression) {
    if (expression instanceof BananaList list) {
      return BananaList.of(list.asList().stream().map(OversizedMessageTest::withLong).toArray());
    }
    return expression.equals(ByteString.utf8("LONG")) ? LONG : expression;
  }

  @Test
  void soAreThoseOfACall() {
    RawPeer peer = RawPeer.ofServer(new Echo(), SMALL);
    peer.saysExpression(
        list(
            "message",
            1,
            list("remote", 1),
            "echo",
            1,
            list("tuple", list("remote", 5), LONG),
            list("dictionary", list(list("unicode", "k"), list("remote", 6)))));
    assertThat(peer.heard())
        .hasSize(3)
        .startsWith("[decref 5]", "[decref 6]")
        .last()
        .asString()
        .startsWith("[error 1 ");
  }

  @Test
  void thereIsABoundForThem() {
    RawPeer server = RawPeer.ofClient(SMALL);
    server.broker().root().call("fetch");
    Object[] references = new Object[1024];
    references[0] = "list";
    Arrays.fill(references, 1, references.length, list("remote", 5));
    Object[] lists = new Object[OversizedMessage.MAX_REFERENCES / 1023 + 2];
    lists[0] = "list";
    Arrays.fill(lists, 1, lists.length, list(references));
    server.saysExpression(list("answer", 1, list(lists)));
    assertThat(server.end())
        .isEqualTo(
            "list of 1027 announced: at most 1024 allowed, with more than 1048576 references in it");
  }

  // ---- what nobody could be told of ----

  static Stream<Arguments> fatal() {
    return Stream.of(
        Arguments.of(LONG, "expected a message, which is a list, found a string of 1025 bytes"),
        Arguments.of(list(LONG, 1), "expected a message that begins with a command"),
        Arguments.of(list(5, LONG), "expected a message that begins with a command"),
        Arguments.of(list(list("answer"), LONG), "expected a message that begins with a command"),
        Arguments.of(list("answer", LONG, 1), "command \"answer\" whose request cannot be told"),
        Arguments.of(list("answer", list(LONG), 1), "whose request cannot be told"),
        Arguments.of(list("answer", 1, LONG), "answer for request 1, which was never made"),
        Arguments.of(list("answer", 1, LONG, 1), "\"answer\" with 3 elements: expected 2"),
        Arguments.of(list("message", 1, LONG), "\"message\" with 2 elements: expected 6"),
        Arguments.of(list("decref", LONG), "command \"decref\": string of 1025 announced"),
        Arguments.of(list("version", LONG), "command \"version\": string of 1025 announced"));
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void itCostsTheConnectionAndSaysWhy(Object expression, String why) {
    RawPeer peer = RawPeer.ofServer(new Echo(), SMALL);
    peer.saysExpression(expression);
    assertThat(peer.end()).contains(why);
    assertThat(peer.heard()).isEmpty();
  }

  @Test
  void anUnknownCommandIsOneHoweverLarge() {
    RawPeer peer = RawPeer.ofServer(new Echo(), SMALL);
    peer.saysExpression(list("frobnicate", LONG, list(1)));
    assertThat(peer.heard()).containsExactly("[didNotUnderstand frobnicate]");
    assertThat(peer.end()).isNull();
  }

  @Test
  void aLateAnswerIsDroppedHoweverLarge() {
    RawPeer server = RawPeer.ofClient(SMALL);
    server.broker().root().send("x");
    server.heard();
    server.saysExpression(list("answer", 1, list("list", list("remote", 5), LONG)));
    assertThat(server.heard()).containsExactly("[decref 5]");
    assertThat(server.broker().tolerance()).isEqualTo(new Tolerance(0, 0, 1, 1));
  }

  /** Before there is a conversation, nobody has a call that could fail. */
  @Test
  void beforeADialectIsAgreedOnItCostsTheConnection() {
    MemoryLink link = new MemoryLink(Broker.Role.SERVER, SMALL, Map.of());
    link.receive(new byte[] {1, 8, (byte) 0x82});
    assertThat(link.end()).isEqualTo("string of 1025 announced: at most 1024 allowed");
  }
}

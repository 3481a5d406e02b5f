// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static dev.spindle.pb.vectors.WireForms.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.vectors.Notation;
import dev.spindle.pb.vectors.SmallStack;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that costs the connection: section 8.5 of the reference. */
class BrokenRulesTest {
  /** Answers when it is told to. */
  private static final class Slow implements Referenceable {
    final CompletableFuture<Object> later = new CompletableFuture<>();

    @Exposed
    Object now() {
      return 1;
    }

    @Exposed
    CompletableFuture<Object> later() {
      return later;
    }
  }

  static Stream<Arguments> fatal() {
    return Stream.of(
        Arguments.of(5L, "expected a message, which is a list, found 5"),
        Arguments.of(ByteString.utf8("answer"), "expected a message, which is a list"),
        Arguments.of(BananaList.EMPTY, "begins with a command, found []"),
        Arguments.of(list(5), "begins with a command"),
        Arguments.of(list(list("answer")), "begins with a command"),
        Arguments.of(list("message", 1, "root"), "\"message\" with 2 elements: expected 6"),
        Arguments.of(list("answer", 1), "\"answer\" with 1 elements: expected 2"),
        Arguments.of(list("decref", 1, 2), "\"decref\" with 2 elements: expected 1"),
        Arguments.of(list("answer", 1, 1), "answer for request 1, which was never made"),
        Arguments.of(list("answer", 0, 1), "answer for request 0, which was never made"),
        Arguments.of(list("answer", "x", 1), "answer for request \"x\""),
        Arguments.of(list("error", 7, 1), "error for request 7, which was never made"),
        Arguments.of(list("decref", 1), "decref of 1, which is no reference of ours"),
        Arguments.of(list("decref", "root"), "decref of \"root\", which is no reference"),
        Arguments.of(list("decref", "nobody"), "decref of \"nobody\""),
        Arguments.of(list("decache", 1), "\"decache\" of an unknown cache 1"),
        Arguments.of(list("uncache", 1), "\"uncache\" of an unknown cache 1"));
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void itCostsTheConnectionAndSaysWhy(Object expression, String why) {
    RawPeer peer = RawPeer.ofServer(new Slow());
    peer.saysExpression(expression);
    assertThat(peer.end()).contains(why);
    assertThat(peer.heard()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void itCostsAClientItsConnectionToo(Object expression, String why) {
    RawPeer peer = RawPeer.ofClient();
    peer.saysExpression(expression);
    assertThat(peer.end()).contains(why);
  }

  @Test
  void whatWasQueuedForSendingIsDroppedAndWhatFollowsIsNotRead() {
    Slow root = new Slow();
    RawPeer peer = RawPeer.ofServer(root);
    peer.says("[message 1 root later 1 [tuple] [dictionary]]");
    peer.saysAtOnce(
        java.util.List.of(
            "[message 2 root now 1 [tuple] [dictionary]]",
            "[decref 7]",
            "[message 3 root now 1 [tuple] [dictionary]]"));
    assertThat(peer.heard()).isEmpty();
    root.later.complete(1);
    assertThat(peer.heard()).as("an answer after the end").isEmpty();
  }

  @Test
  void aSecondDecrefCostsTheConnection() {
    RawPeer peer = RawPeer.ofClient();
    peer.broker().root().call("take", new Slow());
    peer.says("[decref 1]");
    assertThat(peer.end()).isNull();
    peer.says("[decref 1]");
    assertThat(peer.end()).contains("decref of 1");
  }

  /** As deep as lists may be nested, wherever nobody expects a list. */
  @Test
  void identifiersOfAnyShapeCostAtMostTheConnection() throws Exception {
    SmallStack.run(
        () -> {
          sayDeepThings();
          return true;
        });
  }

  private static void sayDeepThings() {
    Object deep = 1L;
    for (int i = 0; i < 4090; i++) {
      deep = list(deep);
    }
    RawPeer peer = RawPeer.ofServer(new Slow());
    Object none = Notation.read("[dictionary]");
    peer.saysExpression(list("message", deep, deep, "now", 1, list("tuple"), none));
    assertThat(peer.heard())
        .singleElement()
        .asString()
        .endsWith("!twisted.spread.pb.Error: Invalid Object ID]");
    peer.saysExpression(
        list("message", 2, "root", "now", deep, list("tuple", list("remote", deep)), none));
    assertThat(peer.heard()).singleElement().asString().contains("!builtins.TypeError");
    peer.saysExpression(
        list("message", 3, "root", "now", 1, list("tuple", list("local", deep)), none));
    assertThat(peer.heard()).singleElement().asString().contains("!builtins.TypeError");
    peer.saysExpression(list("message", 4, "root", "absent", 1, deep, deep));
    assertThat(peer.heard()).singleElement().asString().contains("NoSuchMethod");
    peer.saysExpression(list("cachemessage", 5, deep, "now", 1, deep, none));
    assertThat(peer.heard()).singleElement().asString().contains("!builtins.KeyError");
    assertThat(peer.end()).isNull();
    peer.saysExpression(list("answer", deep, 1));
    assertThat(peer.end()).contains("which was never made");
  }
}

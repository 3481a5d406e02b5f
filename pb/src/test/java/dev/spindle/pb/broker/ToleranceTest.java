// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static dev.spindle.pb.vectors.WireForms.list;
import static dev.spindle.pb.vectors.WireForms.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.LogRecorder;
import dev.spindle.pb.banana.ByteString;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ends a connection with Twisted, and here costs at most one call. Section 8.5. */
class ToleranceTest {
  private static final ByteString NOT_UTF8 = ByteString.copyOf(new byte[] {(byte) 0xff});

  private static final class Echo implements Referenceable {
    @Exposed
    Object echo(Object value) {
      return value;
    }
  }

  private final RawPeer client = RawPeer.ofServer(new Echo());
  private final RawPeer server = RawPeer.ofClient();

  @Test
  void anUnknownCommandIsAnsweredAndTheConnectionStays() {
    client.says("[frobnicate 1 [tuple]]", "[remote 1]");
    client.saysExpression(list(NOT_UTF8));
    client.says("[message 1 root echo 1 [tuple 5] [dictionary]]");
    assertThat(client.heard())
        .containsExactly(
            "[didNotUnderstand frobnicate]",
            "[didNotUnderstand remote]",
            "[didNotUnderstand 0xff]",
            "[answer 1 5]");
    assertThat(client.end()).isNull();
    assertThat(client.broker().tolerance()).isEqualTo(new Tolerance(3, 0, 0, 0));
  }

  @Test
  void whatTheOtherSideDidNotUnderstandIsCounted() {
    client.says("[didNotUnderstand frobnicate]", "[didNotUnderstand [1 2]]");
    assertThat(client.heard()).isEmpty();
    assertThat(client.end()).isNull();
    assertThat(client.broker().tolerance().notUnderstood()).isEqualTo(2);
  }

  @Test
  void aMethodWithoutANameCostsTheCall() {
    client.saysExpression(list("message", 1, "root", 5, 1, list("tuple"), list("dictionary")));
    client.saysExpression(
        list(
            "message",
            2,
            "root",
            NOT_UTF8,
            1,
            list("tuple", list("remote", 7)),
            list("dictionary", list(text("k"), list("remote", 8)))));
    client.saysExpression(list("cachemessage", 3, 1, 5, 1, list("tuple"), list("dictionary")));
    client.saysExpression(list("message", 4, "root", 5, 0, list("tuple"), list("dictionary")));
    assertThat(client.heard())
        .containsExactly(
            "[error 1 !builtins.TypeError: the name of a method must be a string of UTF-8, not 5]",
            "[decref 7]",
            "[decref 8]",
            "[error 2 !builtins.TypeError: the name of a method must be a string of UTF-8, not"
                + " 0xff]",
            "[error 3 !builtins.TypeError: the name of a method must be a string of UTF-8, not 5]");
    assertThat(client.end()).isNull();
  }

  @Test
  void aSecondAnswerIsDroppedAndItsReferencesAreReleased() {
    CompletableFuture<@Nullable Object> call = server.broker().root().call("x");
    CompletableFuture<@Nullable Object> other = server.broker().root().call("y");
    server.heard();
    server.says("[answer 1 5]", "[answer 1 [list [remote 9]]]", "[error 1 [remote 9]]");
    assertThat(call).isCompletedWithValue(5L);
    assertThat(server.heard()).containsExactly("[decref 9]", "[decref 9]");
    server.says("[answer 2 6]");
    assertThat(other).isCompletedWithValue(6L);
    assertThat(server.end()).isNull();
    assertThat(server.broker().tolerance()).isEqualTo(new Tolerance(0, 0, 2, 0));
  }

  @Test
  void theAnswerOfACallThatWantsNoneIsDropped() {
    server.broker().root().send("x", 1);
    server.says("[answer 1 [None]]");
    assertThat(server.end()).isNull();
    assertThat(server.broker().tolerance().strayAnswers()).isEqualTo(1);
  }

  @Test
  void aCallThatCannotBeCarriedOutAndWantsNoAnswerIsLogged() {
    String name = "x".repeat(100_000);
    try (LogRecorder log = LogRecorder.of(Tolerated.class)) {
      client.says(
          "[message 1 root " + name + " 0 [tuple] [dictionary]]",
          "[message 2 root echo 0 [tuple] [dictionary]]",
          "[message 3 77 echo 0 [tuple 5] [dictionary]]",
          "[message 4 root echo 0 [tuple [frob]] [dictionary]]");
      assertThat(client.heard()).isEmpty();
      assertThat(log.warnings()).hasSize(3); // The third of a kind is not told.
      assertThat(log.warnings().get(0))
          .contains("a call that wants no answer is not carried out: ", "No such method: remote_x")
          .hasSizeLessThan(1_000);
      assertThat(log.warnings().get(1)).contains("echo() misses the argument 'value'");
      assertThat(log.warnings().get(2)).contains("frob", "4 so far");
    }
    assertThat(client.end()).isNull();
  }

  @Test
  void aPeerThatDoesNothingElseCannotFillTheLog() {
    try (LogRecorder log = LogRecorder.of(Tolerated.class)) {
      for (int i = 0; i < 1000; i++) {
        client.says("[frobnicate]");
      }
      assertThat(log.warnings()).hasSize(10);
      assertThat(log.warnings().get(9)).endsWith("unknown command \"frobnicate\"; 512 so far");
    }
  }
}

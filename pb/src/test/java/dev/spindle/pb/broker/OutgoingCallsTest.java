// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.LogRecorder;
import dev.spindle.pb.banana.UnsendableException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of ours and their answers. Sections 8.3 and 9 of the reference. */
class OutgoingCallsTest {

  @Test
  void requestsAreNumberedAcrossAllCalls() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference root = server.broker().root();
    root.call("a");
    root.send("b", 1);
    root.call("c", new Object[] {2}, Map.of("k", 3));
    assertThat(server.heard())
        .containsExactly(
            "[message 1 root a 1 [tuple] [dictionary]]",
            "[message 2 root b 0 [tuple 1] [dictionary]]",
            "[message 3 root c 1 [tuple 2] [dictionary [u\"k\" 3]]]");
  }

  @Test
  void aCallWithoutAnswerIsDoneWhenItIsSent() {
    RawPeer server = RawPeer.ofClient();
    server.broker().root().send("b", 1);
    server.broker().root().send("b", new Object[] {2}, Map.of("k", 3));
    server.broker().root().send("b", null, null);
    assertThat(server.heard())
        .containsExactly(
            "[message 1 root b 0 [tuple 1] [dictionary]]",
            "[message 2 root b 0 [tuple 2] [dictionary [u\"k\" 3]]]",
            "[message 3 root b 0 [tuple [None] [None]] [dictionary]]");
  }

  @Test
  void oneThatCannotBeSentAndThatNobodyWaitsForIsLogged() {
    RawPeer server = RawPeer.ofClient();
    try (LogRecorder log = LogRecorder.of(OutgoingCalls.class)) {
      server.broker().root().send("b", new Object());
      server.broker().root().call("b", new Object());
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("the call of 'b' cannot be sent: ", "nobody waits for it");
    }
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void aCallThatCannotBeSentFailsAloneAndLeavesNoBytes() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> bad =
        server.broker().root().call("a", List.of(1, BigInteger.TWO.pow(500)));
    assertThatThrownBy(bad::join).hasCauseInstanceOf(UnsendableException.class);
    CompletableFuture<@Nullable Object> good = server.broker().root().call("b");
    assertThat(server.heard()).containsExactly("[message 1 root b 1 [tuple] [dictionary]]");
    server.says("[answer 1 5]");
    assertThat(good).isCompletedWithValue(5L);
  }

  @Test
  void anErrorAnswerIsARemoteException() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("a");
    server.says(
        "[error 1 [twisted.spread.pb.CopyableFailure [dictionary [u\"type\" samples.KnownError]"
            + " [u\"value\" u\"what\"] [u\"parents\" [list u\"samples.KnownError\""
            + " u\"twisted.spread.pb.Error\"]] [u\"traceback\" u\"line 1\"] [u\"extra\" 5]]]]");
    assertThatThrownBy(call::join)
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class,
            e -> {
              assertThat(e.type()).isEqualTo("samples.KnownError");
              assertThat(e.text()).isEqualTo("what");
              assertThat(e.traceback()).isEqualTo("line 1");
              assertThat(e.isA("twisted.spread.pb.Error")).isTrue();
              assertThat(e.isA("samples.KnownError")).isTrue();
              assertThat(e.isA("builtins.KeyError")).isFalse();
              assertThat(e).hasMessage("samples.KnownError: what");
            });
  }

  /** What Twisted would choke on is still an error of the call. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[None]|None",
        "u\"oops\"|str: oops",
        "oops|bytes: oops",
        "5|int: 5",
        "[list 1]|list",
        "[reference 1 [list [tuple [dereference 1]]]]|list",
        "[twisted.spread.pb.CopyableFailure [dictionary]]|",
        "[twisted.spread.pb.CopyableFailure [dictionary [type a.B] [value u\"v\"]]]|a.B: v",
      })
  void anyValueWillDoAsAnError(String error, @Nullable String message) {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("a");
    server.says("[error 1 " + error + "]");
    assertThatThrownBy(call::join)
        .cause()
        .isInstanceOf(RemoteException.class)
        .hasMessage(message == null ? "" : message);
    assertThat(server.end()).isNull();
  }

  @Test
  void theTextOfAFailureIsTextOrNothing() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("a");
    server.says(
        "[error 1 [twisted.spread.pb.CopyableFailure [dictionary [u\"type\" a.B] [u\"value\""
            + " [reference 1 [list [list [dereference 1]]]]] [u\"parents\" [list [list] a.C]]]]]");
    assertThatThrownBy(call::join)
        .cause()
        .isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.isA("a.C")).isTrue());
  }

  @Test
  void ofAThousandCallsTheOneWhoseAnswerIsUnreadableFailsAlone() {
    RawPeer server = RawPeer.ofClient();
    List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      calls.add(server.broker().root().call("a", i));
    }
    List<String> answers = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      answers.add("[answer " + i + (i == 500 ? " [frobnicate 1]]" : " " + i + "]"));
    }
    Collections.shuffle(answers, new java.util.Random(8787));
    server.saysAtOnce(answers);
    for (int i = 1; i <= 1000; i++) {
      CompletableFuture<@Nullable Object> call = calls.get(i - 1);
      if (i == 500) {
        assertThatThrownBy(call::join)
            .hasCauseInstanceOf(UnreadableAnswerException.class)
            .hasMessageContaining(
                "the answer of 'a' cannot be read: b'frobnicate'. To read it, register that type"
                    + " in this endpoint's Types");
      } else {
        assertThat(call).isCompletedWithValue((long) i);
      }
    }
    assertThat(server.end()).isNull();
  }

  @Test
  void anUnreadableErrorFailsItsCallAlone() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("a");
    server.says("[error 1 [samples.CarriedError [dictionary [u\"code\" 7]]]]");
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(UnreadableAnswerException.class)
        .hasMessageContaining(
            "the error of 'a' cannot be read: Module samples not allowed (in type"
                + " samples.CarriedError). To read it, register that type in this endpoint's Types");
    assertThat(server.end()).isNull();
  }

  @Test
  void theAnswerOfACallThatWasGivenUpIsTakenAndForgotten() {
    RawPeer server = RawPeer.ofClient();
    server.broker().root().call("a").cancel(false);
    server.broker().root().call("b").completeExceptionally(new TimeoutException());
    server.says("[answer 1 [remote 9]]", "[error 2 [None]]");
    assertThat(server.end()).isNull();
    assertThat(server.heard()).contains("[decref 9]");
  }

  @Test
  void waitingOnTheOwnThreadWouldNeverEndAndThrows() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("a");
    assertThatThrownBy(call::join)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("waiting for the answer of 'a' on a thread that reads answers");
    assertThatThrownBy(call::get).isInstanceOf(IllegalStateException.class);
    server.says("[answer 1 5]");
    assertThat(call.join()).isEqualTo(5L);
  }

  @Test
  void whatIsChainedToACallIsNotWaitedForThereEither() throws Exception {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = server.broker().root().call("a");
    CompletableFuture<String> derived =
        call.thenApply(String::valueOf).thenCombine(call, (a, b) -> a + b);
    assertThatThrownBy(derived::join)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("waiting for what follows on an answer of /127.0.0.1:1 on a thread");
    assertThatThrownBy(derived::get).isInstanceOf(IllegalStateException.class);
    CompletableFuture<String> elsewhere = CompletableFuture.supplyAsync(derived::join);
    server.says("[answer 1 5]");
    assertThat(derived.join()).isEqualTo("55");
    assertThat(elsewhere.get()).isEqualTo("55");
  }

  @Test
  void callsFromOtherThreadsAreSentInTheirOrder() throws Exception {
    RawPeer server = RawPeer.ofClient();
    Thread other =
        new Thread(
            () -> {
              for (int i = 1; i <= 3; i++) {
                server.broker().root().call("a", i);
              }
            });
    other.start();
    other.join();
    assertThat(server.heard())
        .containsExactly(
            "[message 1 root a 1 [tuple 1] [dictionary]]",
            "[message 2 root a 1 [tuple 2] [dictionary]]",
            "[message 3 root a 1 [tuple 3] [dictionary]]");
  }
}

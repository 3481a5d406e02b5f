// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that have to end in time. */
class DeadlinesTest {
  private final RawPeer server = RawPeer.ofClient();
  private final DrivenClock clock = server.link().clock();
  private final RemoteReference root = server.broker().root();

  private static DeadlineExceededException exceeded(CompletableFuture<?> call) {
    assertThat(call).isCompletedExceptionally();
    return (DeadlineExceededException) call.handle((value, error) -> error).join();
  }

  @Test
  void aCallThatIsNotAnsweredInTimeFailsAndNamesMethodTimeAndPeer() {
    CompletableFuture<@Nullable Object> call =
        root.withDeadline(Duration.ofSeconds(5)).call("slow", 1);
    clock.pass(Duration.ofMillis(4999));
    assertThat(call).isNotDone();
    clock.pass(Duration.ofMillis(1));
    DeadlineExceededException why = exceeded(call);
    assertThat(why).hasMessage("no answer of 'slow' from /127.0.0.1:1 within 5 s");
    assertThat(why.method()).isEqualTo("slow");
    assertThat(why.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(why.peer()).isEqualTo("/127.0.0.1:1");
    assertThat(why.wasSent()).isTrue();
  }

  @Test
  void anAnswerInTimeIsAnAnswer() {
    CompletableFuture<@Nullable Object> call =
        root.withDeadline(Duration.ofSeconds(5)).call("quick");
    server.says("[answer 1 5]");
    assertThat(call).isCompletedWithValue(5L);
    clock.pass(Duration.ofSeconds(10));
    assertThat(clock.waiting()).isZero();
  }

  @Test
  void aLateAnswerIsDroppedAndItsReferencesPaidBack() {
    CompletableFuture<@Nullable Object> answered =
        root.withDeadline(Duration.ofMillis(1)).call("a");
    CompletableFuture<@Nullable Object> failed = root.withDeadline(Duration.ofMillis(1)).call("b");
    clock.pass(Duration.ofMillis(1));
    server.heard();
    server.says("[answer 1 [list [remote 7] [remote 8] [remote 7]]]");
    server.says("[error 2 [list [remote 9]]]");
    assertThat(server.heard())
        .containsExactly("[decref 7]", "[decref 8]", "[decref 7]", "[decref 9]");
    assertThat(server.end()).isNull();
    exceeded(answered);
    exceeded(failed);
    assertThat(server.broker().referenceCounts().imported()).isZero();
    server.says("[answer 1 5]");
    assertThat(server.end()).isNull();
    assertThat(server.broker().tolerance().strayAnswers()).as("the second one").isEqualTo(1);
  }

  /** Our objects stay resolvable until the late answer: it may send them home. */
  @Test
  void whatALateCallMentionedIsForgottenWithItsAnswer() {
    root.withDeadline(Duration.ofMillis(1)).call("a", new Referenceable() {});
    clock.pass(Duration.ofMillis(1));
    server.says("[decref 1]");
    assertThat(server.broker().referenceCounts().exported()).isEqualTo(1);
    server.says("[answer 1 [local 1]]");
    assertThat(server.broker().referenceCounts().exported()).isZero();
  }

  @Test
  void argumentsAreLetGoOfWhenTheCallIsSent() {
    WeakReference<List<String>> argument = callWithAnArgumentOfItsOwn();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              System.gc();
              return argument.get() == null;
            });
    assertThat(server.broker().awaitsAnswers()).isTrue();
  }

  private WeakReference<List<String>> callWithAnArgumentOfItsOwn() {
    List<String> argument = new ArrayList<>(List.of("a"));
    root.call("a", argument);
    root.call("a", new Object[0], Map.of("k", argument));
    return new WeakReference<>(argument);
  }

  @Test
  void deadlinesOfAllLengthsComeInTheirOrder() {
    List<String> order = new ArrayList<>();
    for (int millis : new int[] {30, 10, 20, 10, 3_600_000}) {
      root.withDeadline(Duration.ofMillis(millis))
          .call("a")
          .whenComplete((value, error) -> order.add(millis + " ms"));
    }
    clock.pass(Duration.ofMillis(10));
    assertThat(order).containsExactly("10 ms", "10 ms");
    clock.pass(Duration.ofMillis(20));
    assertThat(order).containsExactly("10 ms", "10 ms", "20 ms", "30 ms");
    clock.pass(Duration.ofHours(1));
    assertThat(order).hasSize(5);
  }

  @Test
  void aMillionCallsWithDeadlinesTakeOneTimer() {
    RemoteReference patient = root.withDeadline(Duration.ofSeconds(30));
    for (int turn = 0; turn < 1000; turn++) {
      List<String> answers = new ArrayList<>();
      for (int i = 1; i <= 1000; i++) {
        patient.call("a");
        answers.add("[answer " + (turn * 1000 + i) + " 5]");
      }
      server.link().sent();
      assertThat(clock.waiting()).isEqualTo(1);
      clock.pass(Duration.ofMillis(1));
      server.saysAtOnce(answers);
    }
    assertThat(server.broker().awaitsAnswers()).isFalse();
    assertThat(clock.everSet()).isEqualTo(1);
    clock.pass(Duration.ofSeconds(30));
    clock.pass(Duration.ofSeconds(30));
    assertThat(clock.waiting()).isZero();
    assertThat(clock.everSet()).isLessThan(5);
  }

  /** A peer that never answers, and callers who stop waiting: what stays is the call's number. */
  @Test
  void callsGivenUpCountAgainstTheBoundUntilTheyAreAnswered() {
    RawPeer own =
        RawPeer.ofClient(BrokerSettings.DEFAULT.withCalls(CallLimits.DEFAULT.withMaxUnanswered(2)));
    RemoteReference hurried = own.broker().root().withDeadline(Duration.ofMillis(1));
    hurried.call("a");
    hurried.call("b");
    own.link().clock().pass(Duration.ofMillis(1));
    assertThat(own.broker().awaitsAnswers()).isFalse();
    assertThatThrownBy(hurried.call("c")::join).hasCauseInstanceOf(UnsentLimitException.class);
    own.says("[answer 1 5]");
    assertThat(hurried.call("c")).isNotDone();
  }

  @Test
  void theDefaultHoldsForEveryReferenceThatSaysNothingElse() {
    RawPeer own =
        RawPeer.ofClient(
            BrokerSettings.DEFAULT.withCalls(
                CallLimits.DEFAULT.withDeadline(Duration.ofMillis(1500))));
    DrivenClock time = own.link().clock();
    RemoteReference given = own.gives("[remote 7]");
    CompletableFuture<@Nullable Object> byDefault = given.call("a");
    CompletableFuture<@Nullable Object> shorter =
        given.withDeadline(Duration.ofSeconds(1)).call("b");
    CompletableFuture<@Nullable Object> any = given.withoutDeadline().call("c");
    time.pass(Duration.ofSeconds(1));
    exceeded(shorter);
    assertThat(byDefault).isNotDone();
    time.pass(Duration.ofMillis(500));
    assertThat(exceeded(byDefault)).hasMessageEndingWith("within 1500.0 ms");
    time.pass(Duration.ofDays(1));
    assertThat(any).isNotDone();
  }

  @Test
  void aViewIsTheReferenceItself() {
    RemoteReference given = server.gives("[remote 7]");
    RemoteReference view = given.withDeadline(Duration.ofSeconds(1));
    assertThat(view).isEqualTo(given).hasSameHashCodeAs(given).isNotEqualTo(root);
    assertThat(view.withoutDeadline()).isEqualTo(given);
    assertThat(view.connection()).isSameAs(given.connection());
    server.heard();
    given.call("take", view);
    assertThat(server.heard())
        .containsExactly("[message 2 7 take 1 [tuple [local 7]] [dictionary]]");
    view.close();
    assertThat(server.heard()).containsExactly("[decref 7]");
    assertThatThrownBy(given.call("a")::join).hasCauseInstanceOf(DeadReferenceException.class);
  }

  @Test
  void aViewAloneKeepsTheReference() {
    RemoteReference view = server.gives("[remote 7]").withDeadline(Duration.ofSeconds(1));
    server.heard();
    System.gc();
    view.call("a");
    assertThat(server.heard()).containsExactly("[message 2 7 a 1 [tuple] [dictionary]]");
    assertThat(server.broker().referenceCounts().imported()).isEqualTo(1);
  }

  @Test
  void aCallThatWaitsForTheHandshakeObeysItsDeadlineAndIsNotSentLater() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    RemoteReference early = client.broker().root().withDeadline(Duration.ofSeconds(1));
    CompletableFuture<@Nullable Object> call = early.call("a");
    early.send("b");
    client.clock().pass(Duration.ofSeconds(1));
    assertThat(exceeded(call).wasSent()).isFalse();
    assertThat(exceeded(call)).hasMessageStartingWith("could not send 'a' to ");
    client.receive(HexFormat.of().parseHex("02800282706204826e6f6e65"));
    assertThat(HexFormat.of().formatHex(client.sent())).isEqualTo("02827062" + "028013870681");
  }

  @Test
  void theTimeRunsFromWhenTheCallIsMade() throws Exception {
    List<CompletableFuture<@Nullable Object>> made = new ArrayList<>();
    Thread other = new Thread(() -> made.add(root.withDeadline(Duration.ofSeconds(1)).call("a")));
    other.start();
    other.join();
    clock.pass(Duration.ofSeconds(1)); // The connection's thread is busy.
    server.heard();
    clock.pass(Duration.ZERO);
    exceeded(made.get(0));
  }

  @Test
  void deadlinesEndWithTheConnection() {
    CompletableFuture<@Nullable Object> call = root.withDeadline(Duration.ofSeconds(1)).call("a");
    server.link().disconnect("cut");
    assertThat(clock.waiting()).isZero();
    assertThatThrownBy(call::join).hasCauseInstanceOf(ConnectionLostException.class);
  }

  @Test
  void aDeadlineIsATimeToCome() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> root.withDeadline(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a time to come");
      assertThatThrownBy(() -> CallLimits.DEFAULT.withDeadline(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    CompletableFuture<?> call = root.withDeadline(Duration.ofSeconds(Long.MAX_VALUE)).call("a");
    clock.pass(Duration.ofDays(365));
    assertThat(call).isNotDone();
  }

  /** However a caller gives up, on whatever thread: the number stays, the rest goes. */
  @Test
  void cancellingAndCompletingAreGivingUp() {
    root.call("a").cancel(true);
    CompletableFuture.runAsync(() -> root.call("b").cancel(true)).join();
    root.call("c").complete("my own");
    root.call("d").completeExceptionally(new TimeoutException());
    CompletableFuture<?> fifth = root.call("e");
    server.heard();
    CompletableFuture.runAsync(() -> fifth.cancel(false)).join();
    server.heard();
    assertThat(server.broker().awaitsAnswers()).isFalse();
    server.says(
        "[answer 1 [remote 9]]", "[answer 2 [None]]", "[error 3 u\"x\"]", "[answer 4 [remote 8]]");
    assertThat(server.heard()).containsExactly("[decref 9]", "[decref 8]");
    assertThat(server.end()).isNull();
  }

  @Test
  void aCallCancelledBeforeItWasSentIsNotSent() throws Exception {
    Thread other = new Thread(() -> root.call("a").cancel(false));
    other.start();
    other.join();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void anyMixOfAnswersDeadlinesAndCancellationsLeavesNothing() {
    Random random = new Random(8787);
    List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
    List<Integer> unanswered = new ArrayList<>();
    for (int i = 1; i <= 5000; i++) {
      calls.add(root.withDeadline(Duration.ofMillis(1 + random.nextInt(50))).call("a", i));
      unanswered.add(i);
      switch (random.nextInt(4)) {
        case 0 -> clock.pass(Duration.ofNanos(random.nextInt(3_000_000)));
        case 1 -> calls.get(random.nextInt(calls.size())).cancel(false);
        default -> {
          int which = unanswered.remove(random.nextInt(unanswered.size()));
          server.says("[answer " + which + " 5]");
        }
      }
    }
    clock.pass(Duration.ofMillis(51));
    assertThat(calls).allMatch(CompletableFuture::isDone);
    unanswered.forEach(which -> server.says("[answer " + which + " 5]"));
    assertThat(server.end()).isNull();
    assertThat(server.broker().outgoing().unanswered()).isZero();
    clock.pass(Duration.ofMillis(51));
    assertThat(clock.waiting()).isZero();
  }

  @Test
  void orTimeoutOfTheJdkReleasesAsWell() throws Exception {
    CompletableFuture<?> call = root.call("a").orTimeout(1, TimeUnit.MILLISECONDS);
    Awaitility.await().until(call::isDone);
    Awaitility.await().pollInSameThread().until(() -> server.link().runTasks());
    assertThat(server.broker().awaitsAnswers()).isFalse();
  }
}

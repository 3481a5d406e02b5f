// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

@AgainstTwisted("Calls")
class CallsTest {
  private static final int MANY = 1000;
  private static final int LIMIT = BrokerSettings.DEFAULT_MAX_CALLS_IN_FLIGHT;

  private final TwistedPeers peers;

  CallsTest(TwistedPeers peers) {
    this.peers = peers;
  }

  @Scenario("positional and keyword arguments")
  void arguments(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(meeting.call("join", "a", 2)).isEqualTo("a 2 -");
      assertThat(meeting.call("join", "a", 2, "c")).isEqualTo("a 2 c");
      assertThat(joined(meeting, new Object[] {"a"}, Map.of("c", "z", "b", 3))).isEqualTo("a 3 z");
      assertThat(joined(meeting, new Object[0], Map.of("a", "x", "b", 4))).isEqualTo("x 4 -");

      assertThat(meeting.twistedCalls("join", "('a', 2)").value()).isEqualTo("str'a 2 -'");
      assertThat(meeting.twistedCalls("join", "('a', 2, 'c')").value()).isEqualTo("str'a 2 c'");
      assertThat(meeting.twistedCalls("join", "('a',)", "{'c': 'z', 'b': 3}").value())
          .isEqualTo("str'a 3 z'");
      assertThat(meeting.twistedCalls("join", "()", "{'a': 'x', 'b': 4}").value())
          .isEqualTo("str'x 4 -'");
    }
  }

  private static @Nullable Object joined(
      Meeting meeting, @Nullable Object[] args, Map<String, Object> keywords) {
    return Meeting.await(meeting.theirs().call("join", args, keywords));
  }

  @Scenario("answers that come later")
  void later(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(meeting.call("echoLater", "x")).isEqualTo("x");
      assertThat(meeting.twistedCalls("echoLater", "('x',)").value()).isEqualTo("str'x'");
    }
  }

  @Scenario("calls that want no answer get none, not even an error")
  void noAnswer(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      for (String note : List.of("one", "fail", "two")) {
        meeting.theirs().send("note", note);
        meeting.twisted("send", "note", "('%s',)".formatted(note));
      }
      meeting.theirs().send("noSuchMethod");
      meeting.twisted("send", "noSuchMethod", "()");

      assertThat(meeting.call("notes")).isEqualTo(List.of("one", "fail", "two"));
      assertThat(meeting.twistedCalls("notes", "()").value())
          .isEqualTo("list@1[str'one', str'fail', str'two']");
    }
  }

  @Scenario("callbacks nested: A calls B calls A calls B …")
  void nested(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(meeting.call("nest", 3, meeting.lab()))
          .isEqualTo(List.of("java", "twisted", "java", "twisted"));
      assertThat(meeting.twistedCalls("nest", "(3, lab)").value())
          .isEqualTo("list@1[str'twisted', str'java', str'twisted', str'java']");
      assertThat((List<?>) meeting.call("nest", 100, meeting.lab())).hasSize(101);
    }
  }

  @Scenario("1,000 calls in flight from both sides at once, answered last one first")
  void flood(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
      CompletableFuture<?>[] calls =
          IntStream.range(0, MANY)
              .mapToObj(n -> meeting.theirs().call("hold", n, MANY + 1))
              .map(call -> call.thenAccept(answer -> answers.add(((Long) answer).intValue())))
              .toArray(CompletableFuture[]::new);
      meeting.twisted("flood", MANY);

      assertThat(answers).as("answered before the last call was made").isEmpty();
      assertThat(meeting.call("hold", MANY, MANY + 1)).isEqualTo((long) MANY);
      List<Integer> twistedAnswers = new ArrayList<>();
      meeting.twisted("flood_end", MANY).forEach(answer -> twistedAnswers.add(answer.asInt()));
      Meeting.await(CompletableFuture.allOf(calls));
      List<Integer> backwards =
          IntStream.iterate(MANY - 1, n -> n >= 0, n -> n - 1).boxed().toList();
      assertThat(answers).isEqualTo(backwards);
      assertThat(twistedAnswers).isEqualTo(backwards);
    }
  }

  @Scenario("more calls at once than may be under way, each calling back: every one ends")
  void tooMany(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      JsonNode outcomes = meeting.twisted("nest_many", LIMIT + 100);
      int answered = outcomes.get("answered").asInt();
      int refused = outcomes.get("too many calls at once: 4096 are under way").asInt();
      assertThat(answered).isGreaterThanOrEqualTo(LIMIT);
      assertThat(answered + refused).isEqualTo(LIMIT + 100);
      assertThat(meeting.twistedCalls("echo", "(1,)").value()).isEqualTo("int 1");
    }
  }

  @Scenario("Java gets its answers although all calls that may be under way are waiting")
  void ownAnswers(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      meeting.twisted("flood", LIMIT + 100);
      assertThat(meeting.call("echo", "one")).isEqualTo("one");
      assertThat(meeting.call("echo", "two")).isEqualTo("two");
    }
  }

  @Scenario("a call past its deadline: Twisted's late answer is dropped, its references released")
  void deadline(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      int before = meeting.twisted("counts").get("exported").asInt();
      RemoteReference hurried = meeting.theirs().withDeadline(Duration.ofMillis(20));
      assertThatThrownBy(() -> Meeting.await(hurried.call("lend", "late")))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("no answer of 'lend'");
      CompletableFuture<?> cancelled = meeting.theirs().call("lend", "unwanted");
      cancelled.cancel(true);
      meeting.call("handOver");
      assertThat(meeting.call("echo", "still there")).isEqualTo("still there");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> meeting.twisted("counts").get("exported").asInt() == before);
    }
  }
}

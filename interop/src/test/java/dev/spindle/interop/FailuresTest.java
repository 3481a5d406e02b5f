// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.UnreadableAnswerException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@AgainstTwisted("Failures")
class FailuresTest {
  private static final int IN_FLIGHT = 1000;

  private final TwistedPeers peers;

  FailuresTest(TwistedPeers peers) {
    this.peers = peers;
  }

  private static Throwable failureOf(Meeting meeting, String method, @Nullable Object... args) {
    Throwable failure = catchThrowable(() -> meeting.call(method, args));
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  @Scenario("errors that are registered arrive as exceptions of ours, by name and by base")
  void typed(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing, end -> end.types(Teas.TYPES))) {
      for (boolean green : new boolean[] {false, true}) {
        assertThat(failureOf(meeting, "failTea", green))
            .isExactlyInstanceOf(Teas.OutOfTea.class)
            .hasMessage("no more")
            .cause()
            .isInstanceOfSatisfying(
                RemoteException.class,
                e -> assertThat(e.type()).isEqualTo(green ? "lab.OutOfGreenTea" : "lab.OutOfTea"));
      }
      assertThat(failureOf(meeting, "failLookup"))
          .isInstanceOfSatisfying(
              RemoteException.class, e -> assertThat(e.isA("builtins.LookupError")).isTrue());
    }
  }

  @Scenario("our exceptions are trapped by registered names, by bases and as Python's own")
  void trapped(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing, end -> end.types(Teas.TYPES))) {
      for (String green : new String[] {"True", "False"}) {
        for (String name : new String[] {"lab.OutOfTea", "twisted.spread.pb.Error"}) {
          assertThat(meeting.twisted("trap", "failTea", "(" + green + ",)", "x.Y", name).asText())
              .isEqualTo(name);
        }
      }
      assertThat(meeting.twistedCalls("failTea", "(True,)").type())
          .isEqualTo(Teas.OutOfGreenTea.class.getName());
      assertThat(meeting.twistedCalls("failTea", "(False,)").type()).isEqualTo("lab.OutOfTea");
      for (String name :
          new String[] {
            "builtins.KeyError", "builtins.LookupError", "java.util.NoSuchElementException"
          }) {
        assertThat(meeting.twisted("trap", "failLookup", "()", name).asText()).isEqualTo(name);
      }
      assertThat(meeting.twisted("trap", "fail", "('x',)", "builtins.RuntimeError").asText())
          .isEqualTo("builtins.RuntimeError");
    }
  }

  @Scenario("errors that are copies travel as themselves")
  void copied(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing, end -> end.types(Teas.TYPES))) {
      assertThat(failureOf(meeting, "refuse", 7))
          .isInstanceOfSatisfying(Teas.Refused.class, e -> assertThat(e.code).isEqualTo(7));
      assertThat(meeting.twisted("refused_code", "refuse", "(8,)").asInt()).isEqualTo(8);
    }
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(failureOf(meeting, "refuse", 7))
          .isInstanceOf(UnreadableAnswerException.class)
          .hasMessageContaining("lab.Refused");
      assertThat(meeting.call("echo", "still here")).isEqualTo("still here");
    }
  }

  @Scenario("tracebacks are sent and shown where both sides say so, and never else")
  void tracebacks(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing, end -> end.unsafeTracebacks())) {
      meeting.twisted("unsafe_tracebacks");
      assertThat(failureOf(meeting, "fail", "x"))
          .isInstanceOfSatisfying(
              RemoteException.class,
              e -> assertThat(e.traceback()).contains("Traceback", "remote_fail", "lab.py"))
          .hasStackTraceContaining("Caused by: remote Traceback")
          .hasStackTraceContaining("remote_fail");
      assertThat(meeting.twisted("call", "fail", "('x',)", "{}").get("traceback").asText())
          .startsWith("Traceback (most recent call last):\n  File \"Lab.java\", line ")
          .endsWith("java.lang.IllegalStateException: x\n");
    }
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(failureOf(meeting, "fail", "x")).hasNoCause();
      assertThat(meeting.twisted("call", "fail", "('x',)", "{}").get("traceback").asText())
          .isEqualTo("Traceback unavailable\n");
    }
  }

  @Scenario("answers of unknown classes and beyond limits fail alone; 1,000 other calls complete")
  void unreadable(Pairing pairing) throws Exception {
    BananaLimits small = new BananaLimits(4096, 100, 64 * 1024);
    try (Meeting meeting = peers.meet(pairing, end -> end.limits(small))) {
      List<CompletableFuture<@Nullable Object>> held =
          IntStream.range(0, IN_FLIGHT)
              .mapToObj(n -> meeting.theirs().call("hold", n, IN_FLIGHT + 1))
              .toList();
      assertThat(failureOf(meeting, "stranger")).hasMessageContaining("lab.Stranger");
      assertThat(failureOf(meeting, "large", 4097))
          .isInstanceOf(UnreadableAnswerException.class)
          .hasMessage(
              "the answer of 'large' cannot be read: string of 4097 announced: at most 4096"
                  + " allowed");
      assertThat(failureOf(meeting, "large", 640 * 1024))
          .isInstanceOf(UnreadableAnswerException.class);
      meeting.call("hold", IN_FLIGHT, IN_FLIGHT + 1);
      for (int n = 0; n < IN_FLIGHT; n++) {
        assertThat(Meeting.await(held.get(n))).isEqualTo((long) n);
      }
      Outcome outcome = meeting.twistedCalls("echo", "(b'x' * 4097,)");
      assertThat(outcome.type()).isEqualTo("twisted.spread.banana.BananaError");
      assertThat(outcome.text()).contains("string of 4097 announced: at most 4096 allowed");
      assertThat(meeting.twistedCalls("echo", "(1,)").value()).isEqualTo("int 1");
    }
  }

  @Scenario("whatever we are asked to send, Twisted keeps the connection")
  void unsendable(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      for (int i = 0; i < Unsendables.ALL.size(); i++) {
        Object value = Unsendables.ALL.get(i);
        assertThatThrownBy(() -> meeting.call("echo", 1, value))
            .as("value %s", i)
            .isInstanceOf(UnsendableException.class)
            .hasMessageStartingWith("the call of 'echo' cannot be sent: argument 2: ");
        for (String method : new String[] {"unsendable", "unsendableLater"}) {
          Outcome outcome = meeting.twistedCalls(method, "(" + i + ",)");
          assertThat(outcome.type()).as("%s %s", method, i).isEqualTo("builtins.TypeError");
          assertThat(outcome.text()).startsWith("the answer cannot be sent: ");
        }
      }
      assertThat(meeting.call("echo", "still here")).isEqualTo("still here");
    }
  }

  @Scenario("what we do send as deep as we send it, Twisted reads")
  void deepest(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      for (String kind : new String[] {"list", "tuple", "dict"}) {
        Outcome outcome = meeting.twistedCalls("nested", "('" + kind + "', 300)");
        assertThat(outcome.value()).as(kind).startsWith(kind).contains("int 1");
      }
      assertThat(meeting.call("echo", "still here")).isEqualTo("still here");
    }
  }
}

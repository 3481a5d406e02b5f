// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.UnreadableAnswerException;
import org.jspecify.annotations.Nullable;

@AgainstTwisted("Errors")
class ErrorsTest {
  private static final String[] PYTHON_ROOTS = {
    "builtins.Exception", "builtins.BaseException", "builtins.object"
  };

  private final TwistedPeers peers;

  ErrorsTest(TwistedPeers peers) {
    this.peers = peers;
  }

  private static RemoteException failureOf(
      Meeting meeting, String method, @Nullable Object... args) {
    return catchThrowableOfType(RemoteException.class, () -> meeting.call(method, args));
  }

  @Scenario("an error arrives with its type, its text and its bases")
  void raised(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteException error = failureOf(meeting, "fail", "broken: naïve \ud83d\ude80");
      assertThat(error.type()).isEqualTo("builtins.ValueError");
      assertThat(error.text()).isEqualTo("broken: naïve \ud83d\ude80");
      assertThat(error.parents()).startsWith("builtins.ValueError").endsWith(PYTHON_ROOTS);
      assertThat(error.traceback()).isEqualTo("Traceback unavailable\n");

      Outcome outcome = meeting.twistedCalls("fail", "('broken: na\\u00efve \\U0001f680',)");
      assertThat(outcome.remote()).isTrue();
      assertThat(outcome.type()).isEqualTo("java.lang.IllegalStateException");
      assertThat(outcome.text()).isEqualTo("broken: naïve \ud83d\ude80");
      assertThat(outcome.parents())
          .startsWith("java.lang.IllegalStateException", "java.lang.RuntimeException")
          .endsWith(PYTHON_ROOTS);
    }
  }

  @Scenario("an error that comes later is the same")
  void raisedLater(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(failureOf(meeting, "failLater", "x").type()).isEqualTo("builtins.ValueError");
      Outcome outcome = meeting.twistedCalls("failLater", "('x',)");
      assertThat(outcome.type()).isEqualTo("java.lang.IllegalStateException");
      assertThat(outcome.text()).isEqualTo("x");
    }
  }

  @Scenario("errors are trapped by name, by the name of a base, by twisted.spread.pb.Error")
  void trapped(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteException error = failureOf(meeting, "failKnown", "x");
      assertThat(error.type()).isEqualTo("lab.KnownError");
      assertThat(error.isA("lab.KnownError")).isTrue();
      assertThat(error.isA("twisted.spread.pb.Error")).isTrue();
      assertThat(error.isA("builtins.Exception")).isTrue();
      assertThat(error.isA("builtins.ValueError")).isFalse();

      for (String name :
          new String[] {"lab.KnownError", "twisted.spread.pb.Error", "builtins.Exception"}) {
        assertThat(meeting.twisted("trap", "failKnown", "('x',)", "lab.Other", name).asText())
            .isEqualTo(name);
      }
      assertThat(meeting.twisted("trap", "fail", "('x',)", "java.lang.RuntimeException").asText())
          .isEqualTo("java.lang.RuntimeException");
    }
  }

  @Scenario("a method that does not exist is NoSuchMethod")
  void noSuchMethod(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteException error = failureOf(meeting, "nothing");
      assertThat(error.type()).isEqualTo("twisted.spread.flavors.NoSuchMethod");
      assertThat(error.text()).isEqualTo("No such method: remote_nothing");
      assertThat(error.isA("builtins.AttributeError")).isTrue();

      Outcome outcome = meeting.twistedCalls("nothing", "()");
      assertThat(outcome.type()).isEqualTo(error.type());
      assertThat(outcome.text()).isEqualTo(error.text());
      assertThat(outcome.parents()).isEqualTo(error.parents());
      assertThat(meeting.twistedCalls("toString", "()").type())
          .as("a method that is not exposed")
          .isEqualTo(error.type());
    }
  }

  @Scenario("wrong arguments are a TypeError")
  void typeError(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(failureOf(meeting, "join", "a").type()).isEqualTo("builtins.TypeError");
      assertThat(failureOf(meeting, "join", 1, 2, 3, 4).type()).isEqualTo("builtins.TypeError");

      for (String wrong :
          new String[] {"('a',)", "('a', 2, 'c', 'd')", "(b'a', 2)", "('a', 'b')", "('a', 1.0)"}) {
        assertThat(meeting.twistedCalls("join", wrong).type())
            .as("join%s", wrong)
            .isEqualTo("builtins.TypeError");
      }
      Outcome unknown = meeting.twistedCalls("join", "('a', 2)", "{'d': 1}");
      assertThat(unknown.type()).isEqualTo("builtins.TypeError");
      Outcome doubled = meeting.twistedCalls("join", "('a', 2)", "{'a': 'b'}");
      assertThat(doubled.text()).contains("two values for the argument 'a'");
    }
  }

  @Scenario("an unknown class is refused by name; the connection stays")
  void unknownClass(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      UnreadableAnswerException answer =
          catchThrowableOfType(UnreadableAnswerException.class, () -> meeting.call("stranger"));
      assertThat(answer).hasMessageContaining("lab.Stranger");

      Outcome copy = meeting.twistedCalls("echo", "([Stranger()],)");
      assertThat(copy.type()).isEqualTo("twisted.spread.jelly.InsecureJelly");
      assertThat(copy.text()).isEqualTo("Module lab not allowed (in type lab.Stranger).");
      Outcome type = meeting.twistedCalls("echo", "(Stranger,)");
      assertThat(type.type()).isEqualTo("twisted.spread.jelly.InsecureJelly");
      assertThat(type.text()).isEqualTo("b'class'");

      assertThat(meeting.call("echo", "still here")).isEqualTo("still here");
      assertThat(meeting.twistedCalls("echo", "(1,)").value()).isEqualTo("int 1");
    }
  }

  @Scenario("an error that is passed on keeps its type, its text and its bases")
  void passedOn(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteException error = failureOf(meeting, "relay", meeting.lab(), "x");
      assertThat(error.type()).isEqualTo("lab.KnownError");
      assertThat(error.text()).isEqualTo("x");
      assertThat(error.isA("twisted.spread.pb.Error")).isTrue();

      Outcome outcome = meeting.twistedCalls("relay", "(lab, 'x')");
      assertThat(outcome.type()).isEqualTo("lab.KnownError");
      assertThat(outcome.text()).isEqualTo("x");
      assertThat(outcome.parents()).contains("twisted.spread.pb.Error");
    }
  }
}

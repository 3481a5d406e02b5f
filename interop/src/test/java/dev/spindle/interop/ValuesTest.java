// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.Unpersistable;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/**
 * Every value is described by six observers that must agree: each side that has it, each that
 * received it, and each that got it back.
 */
@AgainstTwisted("Values")
class ValuesTest {
  private static final int LIMIT = BananaLimits.TWISTED_MAX_SIZE;

  private final TwistedPeers peers;

  ValuesTest(TwistedPeers peers) {
    this.peers = peers;
  }

  @Scenario("None, booleans, integers to the ends of what can be sent")
  void integers(Pairing pairing) throws Exception {
    echoed(pairing, PlainValues.INTEGERS);
  }

  @Scenario("floats, bit by bit")
  void floats(Pairing pairing) throws Exception {
    echoed(pairing, PlainValues.FLOATS);
  }

  @Scenario("text and bytes, never mixed")
  void strings(Pairing pairing) throws Exception {
    echoed(pairing, PlainValues.STRINGS);
  }

  @Scenario("dates, times, timedeltas")
  void dates(Pairing pairing) throws Exception {
    echoed(pairing, PlainValues.DATES);
  }

  @Scenario("decimals with their scale")
  void decimals(Pairing pairing) throws Exception {
    echoed(pairing, PlainValues.DECIMALS);
  }

  @Scenario("lists and tuples")
  void lists(Pairing pairing) throws Exception {
    echoed(pairing, ContainerValues.LISTS);
  }

  @Scenario("sets and frozensets")
  void sets(Pairing pairing) throws Exception {
    echoed(pairing, ContainerValues.SETS);
  }

  @Scenario("dicts in their order, with keys of every kind")
  void dicts(Pairing pairing) throws Exception {
    echoed(pairing, ContainerValues.DICTS);
  }

  @Scenario("shared members and cycles arrive as such")
  void shared(Pairing pairing) throws Exception {
    echoed(pairing, ContainerValues.SHARED);
  }

  private void echoed(Pairing pairing, List<ValueCase> cases) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      SoftAssertions softly = new SoftAssertions();
      for (ValueCase each : cases) {
        observe(each, meeting, softly);
      }
      softly.assertAll();
    }
  }

  private static void observe(ValueCase each, Meeting meeting, SoftAssertions softly) {
    String expected = Description.of(each.java());
    softly
        .assertThat(meeting.call("describe", each.java()))
        .as("%s, Java to Twisted", each.name())
        .isEqualTo(expected);
    softly
        .assertThat(Description.of(meeting.call("echo", each.java())))
        .as("%s, Java to Twisted and back", each.name())
        .isEqualTo(expected);
    JsonNode seen = meeting.twisted("observe", each.python());
    softly
        .assertThat(seen.get(0).asText())
        .as("%s, made by Twisted", each.name())
        .isEqualTo(expected);
    softly
        .assertThat(seen.get(1).asText())
        .as("%s, Twisted to Java", each.name())
        .isEqualTo(expected);
    softly
        .assertThat(seen.get(2).asText())
        .as("%s, Twisted to Java and back", each.name())
        .isEqualTo(expected);
  }

  @Scenario("the dialect is the one that the Twisted side insists on")
  void dialect(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(meeting.twisted("dialect").asText()).isEqualTo(pairing.dialectName());
    }
  }

  @Scenario("what Twisted cannot send arrives as a placeholder")
  void placeholder(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(meeting.call("unprepared"))
          .isInstanceOfSatisfying(
              Unpersistable.class, it -> assertThat(it.reason()).contains("lab.Unprepared"));
      assertThat(meeting.twistedCalls("describe", "([Unprepared(), 1],)").value())
          .isEqualTo("str'list@1[unpersistable, int 1]'");
    }
  }

  @Scenario("a string of exactly 640 KiB passes")
  void largestString(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(meeting.call("large", LIMIT))
          .isInstanceOfSatisfying(ByteString.class, it -> assertThat(it.size()).isEqualTo(LIMIT));
      assertThat(meeting.twistedCalls("large", "(%d,)".formatted(LIMIT)).value())
          .hasSize("bytes ".length() + 2 * LIMIT);
    }
  }

  @Scenario("a string over 640 KiB costs only the call that we send it with")
  void tooLargeArgument(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThatThrownBy(() -> meeting.call("echo", new byte[LIMIT + 1]))
          .isInstanceOf(UnsendableException.class)
          .hasMessageContaining("655361 bytes");
      assertThat(meeting.call("echo", "still here")).isEqualTo("still here");
    }
  }

  @Scenario("an answer over 640 KiB becomes an error answer")
  void tooLargeAnswer(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Outcome outcome = meeting.twistedCalls("large", "(%d,)".formatted(LIMIT + 1));
      assertThat(outcome.type()).isEqualTo("builtins.TypeError");
      assertThat(outcome.text()).contains("655361 bytes");
      assertThat(meeting.twistedCalls("echo", "('still here',)").value())
          .isEqualTo("str'still here'");
    }
  }

  @Scenario("what Java cannot send costs only its own call")
  void unsendable(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThatThrownBy(() -> meeting.call("echo", List.of(new Object())))
          .isInstanceOf(UnsendableException.class)
          .hasMessageContaining("java.lang.Object");
      assertThat(meeting.twistedCalls("unprepared", "()").type()).isEqualTo("builtins.TypeError");
      assertThat(meeting.call("echo", "still here")).isEqualTo("still here");
    }
  }
}

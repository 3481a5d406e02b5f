// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.interop.TypedDesk.Colour;
import dev.spindle.interop.TypedDesk.Listener;
import dev.spindle.interop.TypedDesk.Order;
import dev.spindle.interop.TypedDesk.Size;
import dev.spindle.pb.broker.AnswerMismatchException;
import dev.spindle.pb.broker.RemoteReference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One interface: Java calls Twisted's object by it, and Twisted Java's. */
@AgainstTwisted("Typed calls")
class TypedTest {
  private static final LocalDate DAY = LocalDate.of(2020, 7, 11);

  private final TwistedPeers peers;

  TypedTest(TwistedPeers peers) {
    this.peers = peers;
  }

  private static TypedDesk theirs(Meeting meeting) {
    RemoteReference reference = (RemoteReference) Objects.requireNonNull(meeting.call("desk"));
    return reference.as(TypedDesk.class);
  }

  private static <T> T await(CompletionStage<T> call) {
    return Meeting.await(call.toCompletableFuture());
  }

  /** Has Twisted call our desk. */
  private static Outcome called(Meeting meeting, String method, String args, String keywords) {
    meeting.twisted("call_and_keep", "desk", "desk", "()");
    return Outcome.of(meeting.twisted("call_on", "desk", method, args, keywords));
  }

  private static String answered(Meeting meeting, String method, String args) {
    Outcome outcome = called(meeting, method, args, "{}");
    return Objects.requireNonNull(outcome.value(), outcome::text);
  }

  @Scenario("a record with an enum, a decimal, a date, an Optional and tuples is a dict of them")
  void records(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Order order =
          new Order(
              "tea",
              2,
              new BigDecimal("9.50"),
              DAY,
              Colour.GREEN,
              Optional.empty(),
              List.of(new Size(1, 2), new Size(3, 4)));
      Order confirmed = await(theirs(meeting).confirm(order));
      assertThat(confirmed.count()).isEqualTo(3);
      assertThat(confirmed.remark()).contains("none");
      assertThat(confirmed.sizes()).isEqualTo(order.sizes());
      assertThat(await(theirs(meeting).confirm(confirmed)).remark()).isEmpty();

      assertThat(
              answered(
                  meeting,
                  "confirm",
                  "({'item': 'tea', 'count': 2, 'price': Decimal('9.50'), 'due':"
                      + " datetime.date(2020, 7, 11), 'colour': 'GREEN', 'remark': None, 'sizes':"
                      + " [(1, 2)]},)"))
          .isEqualTo(
              "dict@1[str'item': str'tea', str'count': int 3, str'price': Decimal 950 -2, str'due':"
                  + " date 2020 7 11, str'colour': str'GREEN', str'remark': str'none', str'sizes':"
                  + " list@2[tuple@3[int 1, int 2]]]");
    }
  }

  @Scenario("maps, lists and sets of enums and dates")
  void collections(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(await(theirs(meeting).calendar(Map.of(Colour.RED, List.of(DAY)))))
          .isEqualTo(Map.of(Colour.RED, List.of(DAY.plusDays(1))));
      assertThat(await(theirs(meeting).colours(EnumSet.of(Colour.RED))))
          .isEqualTo(EnumSet.of(Colour.GREEN));

      assertThat(answered(meeting, "calendar", "({'RED': [datetime.date(2020, 7, 11)]},)"))
          .isEqualTo("dict@1[str'RED': list@2[date 2020 7 12]]");
      assertThat(answered(meeting, "colours", "({'RED'},)")).isEqualTo("set@1[str'GREEN']");
    }
  }

  @Scenario("an empty Optional is left out at the end, and None as an answer")
  void optionals(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThat(await(theirs(meeting).join("a", 2, Optional.empty()))).isEqualTo("a 2 -");
      assertThat(await(theirs(meeting).join("a", 2, Optional.of("c")))).isEqualTo("a 2 c");
      assertThat(await(theirs(meeting).sizeOf("nothing"))).isEmpty();
      assertThat(await(theirs(meeting).sizeOf("tea"))).contains(new Size(3, 1));

      assertThat(answered(meeting, "join", "('a', 2)")).isEqualTo("str'a 2 -'");
      assertThat(answered(meeting, "size_of", "('nothing',)")).isEqualTo("None");
      assertThat(answered(meeting, "size_of", "('tea',)")).isEqualTo("tuple@1[int 3, int 1]");
    }
  }

  @Scenario("keyword arguments, by name and all others")
  void keywords(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      TypedDesk desk = theirs(meeting);
      assertThat(await(desk.search("tea", 3, Optional.empty(), Map.of())))
          .isEqualTo("tea 3 ever []");
      assertThat(await(desk.search("tea", 3, Optional.of(DAY), Map.of("b", 5L))))
          .isEqualTo("tea 3 2020-07-11 [('b', 5)]");

      assertThat(called(meeting, "search", "('tea',)", "{'limit': 3}").value())
          .isEqualTo("str'tea 3 ever []'");
      assertThat(
              called(
                      meeting,
                      "search",
                      "('tea',)",
                      "{'limit': 3, 'since': datetime.date(2020, 7, 11), 'b': 5}")
                  .value())
          .isEqualTo("str'tea 3 2020-07-11 [(\\{27}b\\{27}, 5)]'");
      assertThat(called(meeting, "search", "('tea', 3)", "{}").text())
          .contains("search() takes 1 positional argument");
    }
  }

  @Scenario("an interface is called back, and comes home as the object itself")
  void callbacks(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      Listener listener = n -> CompletableFuture.completedFuture("java " + n);
      assertThat(await(theirs(meeting).countTo(2, listener))).containsExactly("java 1", "java 2");
      assertThat(await(theirs(meeting).back(listener))).isSameAs(listener);

      assertThat(answered(meeting, "countTo", "(2, listener)"))
          .isEqualTo("list@1[str'twisted 1', str'twisted 2']");
      assertThat(answered(meeting, "back", "(listener,)")).isEqualTo("own(listener)");
    }
  }

  @Scenario("a method that nobody waits for")
  void oneWay(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      TypedDesk desk = theirs(meeting);
      desk.note("one");
      desk.note("two");
      assertThat(await(desk.notes())).containsExactly("one", "two");
      assertThat(answered(meeting, "note", "('three',)")).isEqualTo("None");
      assertThat(answered(meeting, "notes", "()")).isEqualTo("list@1[str'three']");
    }
  }

  @Scenario("what does not fit costs its call, and names method, place and types")
  void mismatches(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      assertThatThrownBy(() -> await(theirs(meeting).wrong()))
          .isInstanceOf(AnswerMismatchException.class)
          .hasMessage("TypedDesk.wrong: the answer[1].height must be int, not str");
      assertThat(await(theirs(meeting).sizeOf("tea"))).isPresent();

      Outcome outcome = called(meeting, "calendar", "({'RED': ['today']},)", "{}");
      assertThat(outcome.type()).isEqualTo("builtins.TypeError");
      assertThat(outcome.text())
          .isEqualTo("calendar() argument 'days'['RED'][0] must be date, not str");
      assertThat(called(meeting, "wrong", "()", "{}").text())
          .isEqualTo("wrong() answer[1] must be tuple, not None");
      assertThat(answered(meeting, "size_of", "('nothing',)")).isEqualTo("None");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.types.MismatchException;
import dev.spindle.pb.types.Remote;
import dev.spindle.pb.types.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an interface over a reference says on the wire, and what it makes of what it hears. */
class TypedProxyTest {
  enum Fill {
    PLAIN,
    HATCHED
  }

  record Size(int width, int height) {}

  interface Named<T> {
    CompletionStage<T> named(String name);
  }

  interface Desk extends Named<Size>, AutoCloseable {
    CompletionStage<String> greet(String name);

    @Exposed("do_it")
    CompletableFuture<Void> doIt();

    CompletionStage<List<Size>> sizes(List<Size> sizes, Fill fill, LocalDate day);

    CompletionStage<Optional<Size>> find(String a, Optional<String> b, OptionalInt c);

    CompletionStage<@Nullable String> maybe(@Nullable String text);

    CompletionStage<Object> rest(int first, Object... rest);

    CompletionStage<Integer> sum(int... numbers);

    CompletionStage<Object> search(
        String what,
        @Keyword int limit,
        @Keyword("from") Optional<LocalDate> since,
        @Keywords Map<String, Fill> more);

    @OneWay
    void note(String text);

    default CompletionStage<String> greetAll(List<String> names) {
      return greet(String.join(" and ", names));
    }

    @Exposed
    default String hidden() {
      throw new AssertionError("runs on the other side");
    }

    @Override
    void close();
  }

  private final RawPeer peer = RawPeer.ofClient();
  private final Desk desk = peer.broker().root().as(Desk.class);

  private List<String> heardFrom(Runnable call) {
    call.run();
    return peer.heard();
  }

  private static <T> T answer(RawPeer peer, CompletionStage<T> call, String answer) {
    String message = peer.heard().get(0);
    peer.says("[answer " + message.replaceAll("^\\[message (\\d+) .*", "$1") + " " + answer + "]");
    return call.toCompletableFuture().join();
  }

  private Throwable failure(CompletionStage<?> call, String answer) {
    try {
      answer(peer, call, answer);
    } catch (CompletionException e) {
      return e.getCause();
    }
    throw new AssertionError("not failed");
  }

  // ---- arguments ----

  @Test
  void argumentsAreConverted() {
    assertThat(
            heardFrom(
                () -> desk.sizes(List.of(new Size(1, 2)), Fill.HATCHED, LocalDate.of(2020, 7, 11))))
        .containsExactly(
            "[message 1 root sizes 1 [tuple [list [dictionary [u\"width\" 1] [u\"height\" 2]]]"
                + " u\"HATCHED\" [date \"2020 7 11\"]] [dictionary]]");
    assertThat(heardFrom(desk::doIt))
        .containsExactly("[message 2 root do_it 1 [tuple] [dictionary]]");
  }

  @Test
  void whatIsEmptyAtTheEndIsLeftOut() {
    assertThat(heardFrom(() -> desk.find("a", Optional.empty(), OptionalInt.empty())))
        .containsExactly("[message 1 root find 1 [tuple u\"a\"] [dictionary]]");
    assertThat(heardFrom(() -> desk.find("a", Optional.empty(), OptionalInt.of(3))))
        .containsExactly("[message 2 root find 1 [tuple u\"a\" [None] 3] [dictionary]]");
    assertThat(heardFrom(() -> desk.find("a", Optional.of("b"), OptionalInt.empty())))
        .containsExactly("[message 3 root find 1 [tuple u\"a\" u\"b\"] [dictionary]]");
    assertThat(heardFrom(() -> desk.maybe(null)))
        .containsExactly("[message 4 root maybe 1 [tuple [None]] [dictionary]]");
  }

  @Test
  void furtherArgumentsFollow() {
    assertThat(heardFrom(() -> desk.rest(1, "a", null)))
        .containsExactly("[message 1 root rest 1 [tuple 1 u\"a\" [None]] [dictionary]]");
    assertThat(heardFrom(() -> desk.rest(1)))
        .containsExactly("[message 2 root rest 1 [tuple 1] [dictionary]]");
    assertThat(heardFrom(() -> desk.sum(1, 2, 3)))
        .containsExactly("[message 3 root sum 1 [tuple 1 2 3] [dictionary]]");
  }

  @Test
  void keywordsGoByName() {
    assertThat(heardFrom(() -> desk.search("tea", 3, Optional.empty(), Map.of())))
        .containsExactly("[message 1 root search 1 [tuple u\"tea\"] [dictionary [u\"limit\" 3]]]");
    assertThat(
            heardFrom(
                () ->
                    desk.search(
                        "tea",
                        3,
                        Optional.of(LocalDate.of(2020, 1, 2)),
                        Map.of("fill", Fill.PLAIN))))
        .containsExactly(
            "[message 2 root search 1 [tuple u\"tea\"] [dictionary [u\"limit\" 3] [u\"from\" [date"
                + " \"2020 1 2\"]] [u\"fill\" u\"PLAIN\"]]]");
    assertThatThrownBy(
            () ->
                desk.search("tea", 3, Optional.empty(), Map.of("limit", Fill.PLAIN))
                    .toCompletableFuture()
                    .join())
        .hasCauseInstanceOf(UnsendableException.class)
        .hasMessageContaining("Desk.search: two values for the keyword 'limit'");
  }

  @Test
  void aOneWayCallWantsNoAnswer() {
    assertThat(heardFrom(() -> desk.note("x")))
        .containsExactly("[message 1 root note 0 [tuple u\"x\"] [dictionary]]");
  }

  @Test
  void anArgumentThatDoesNotFitIsNotSent() {
    CompletionStage<String> nobody = desk.greet(null);
    assertThatThrownBy(() -> nobody.toCompletableFuture().join())
        .cause()
        .isInstanceOf(UnsendableException.class)
        .hasMessage("Desk.greet: argument 1 'name' must be str, not None")
        .hasCauseInstanceOf(MismatchException.class);
    assertThatThrownBy(
            () ->
                desk.sizes(Arrays.asList(new Size(1, 2), null), Fill.PLAIN, LocalDate.EPOCH)
                    .toCompletableFuture()
                    .join())
        .hasMessageContaining("Desk.sizes: argument 1 'sizes'[1] must be dict, not None");
    assertThatThrownBy(() -> desk.note(null))
        .isInstanceOf(UnsendableException.class)
        .hasMessage("Desk.note: argument 1 'text' must be str, not None");
    assertThat(peer.heard()).isEmpty();
  }

  // ---- answers ----

  @Test
  void answersAreConverted() {
    assertThat(answer(peer, desk.greet("Ada"), "u\"hello\"")).isEqualTo("hello");
    assertThat(
            answer(
                peer,
                desk.sizes(List.of(), Fill.PLAIN, LocalDate.EPOCH),
                "[list [dictionary [width 1] [u\"height\" 2]]]"))
        .containsExactly(new Size(1, 2));
    assertThat(answer(peer, desk.find("a", Optional.empty(), OptionalInt.empty()), "[None]"))
        .isEmpty();
    assertThat(answer(peer, desk.maybe("x"), "[None]")).isNull();
    assertThat(answer(peer, desk.doIt(), "[list 1 2]")).isNull();
    assertThat(answer(peer, desk.rest(1), "[tuple 1]")).isEqualTo(List.of(1L));
    assertThat(answer(peer, desk.named("x"), "[dictionary [width 1] [height 2]]"))
        .as("an interface says what its parent's type variable is")
        .isEqualTo(new Size(1, 2));
  }

  @Test
  void anAnswerThatDoesNotFitNamesMethodPathAndTypes() {
    CompletionStage<?> call = desk.sizes(List.of(), Fill.PLAIN, LocalDate.EPOCH);
    assertThat(failure(call, "[list [dictionary [width u\"1\"] [height 2]]]"))
        .isInstanceOfSatisfying(
            AnswerMismatchException.class,
            it -> {
              assertThat(it).hasMessage("Desk.sizes: the answer[0].width must be int, not str");
              assertThat(it.method()).isEqualTo("Desk.sizes");
              assertThat(it.path()).isEqualTo("[0].width");
            });
    assertThat(failure(desk.greet("Ada"), "5"))
        .hasMessage("Desk.greet: the answer must be str, not int");
    assertThat(failure(desk.greet("Ada"), "[None]"))
        .hasMessage("Desk.greet: the answer must be str, not None");
    assertThat(failure(desk.sum(1), "4294967296"))
        .hasMessage("Desk.sum: the answer 4294967296 does not fit int");
    assertThat(answer(peer, desk.greet("Ada"), "u\"still here\"")).isEqualTo("still here");
  }

  @Remote
  interface Uncallable {
    void run(Thread thread);
  }

  interface Giving {
    CompletionStage<List<Uncallable>> all();
  }

  @Test
  void anInterfaceWithinAnAnswerThatCannotBeCalledCostsTheCall() {
    Giving giving = peer.broker().root().as(Giving.class);
    assertThat(failure(giving.all(), "[list [remote 1]]"))
        .isInstanceOf(AnswerMismatchException.class)
        .hasMessageStartingWith("Giving.all: the answer[0] is a reference, but ")
        .hasMessageContaining("Uncallable.run cannot be called: parameter 1 'thread'");
    assertThat(failure(giving.all(), "[list u\"x\"]"))
        .hasMessage("Giving.all: the answer[0] must be a reference, not str");
    assertThat(answer(peer, desk.greet("Ada"), "u\"still here\"")).isEqualTo("still here");
  }

  // ---- what runs here ----

  @Test
  void methodsWithABodyRunHereUnlessExposed() {
    assertThat(heardFrom(() -> desk.greetAll(List.of("Ada", "Bob"))))
        .containsExactly("[message 1 root greet 1 [tuple u\"Ada and Bob\"] [dictionary]]");
    assertThatThrownBy(desk::hidden)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Desk.hidden waits for its answer, and was called on a thread that reads answers: let"
                + " it return a CompletionStage, or mark the calling method @Exposed(blocking ="
                + " true)");
    assertThat(peer.heard()).as("nothing was sent").isEmpty();
  }

  @Test
  void twoAreEqualByReferenceAndInterface() {
    RemoteReference one = peer.gives("[remote 1]");
    RemoteReference other = peer.gives("[remote 2]");
    Desk first = one.as(Desk.class);
    assertThat(first).isEqualTo(one.as(Desk.class)).hasSameHashCodeAs(one.as(Desk.class));
    assertThat(first).isNotEqualTo(other.as(Desk.class)).isNotEqualTo(one).isNotEqualTo(null);
    assertThat((Object) first).isNotEqualTo(one.as(Named.class));
    assertThat(first.toString()).isEqualTo("Desk of RemoteReference[1 at /127.0.0.1:1]");
    assertThat(RemoteReference.behind(first)).containsSame(one);
    assertThat(RemoteReference.behind("no proxy")).isEmpty();
    first.close();
    assertThat(peer.heard()).containsExactly("[decref 1]");
    assertThatThrownBy(() -> first.greet("x").toCompletableFuture().join())
        .hasCauseInstanceOf(DeadReferenceException.class);
  }

  @Test
  void aProxyIsSentAsItsReference() {
    RemoteReference one = peer.gives("[remote 1]");
    assertThat(heardFrom(() -> desk.rest(1, one.as(Desk.class), List.of(one.as(Named.class)))))
        .containsExactly(
            "[message 2 root rest 1 [tuple 1 [local 1] [list [local 1]]] [dictionary]]");
  }

  // ---- mistakes, told when the proxy is made ----

  interface Twice {
    CompletionStage<String> same(int a);

    CompletionStage<String> same(String a);
  }

  interface Foreign {
    CompletionStage<String> run(int a, Map<String, List<Thread>> threads);
  }

  interface ForeignAnswer {
    CompletionStage<Optional<Thread>> thread();
  }

  interface Callee {
    void called(String a, PbConnection caller);
  }

  interface Answering {
    @OneWay
    String note();
  }

  interface Zoned {
    java.time.Instant now();
  }

  interface Dicts {
    java.util.Set<Size> sizes();
  }

  interface BadKeywords {
    void call(@Keywords Map<Integer, String> keywords);
  }

  interface OwnStage {
    Later later();
  }

  abstract static class Later extends CompletableFuture<String> {}

  sealed interface Closed {}

  record Only() implements Closed {}

  @Test
  void mistakesAreToldWithTheirPlace() {
    RemoteReference root = peer.broker().root();
    assertThatThrownBy(() -> root.as(Twice.class))
        .hasMessageContaining("Twice has two methods named 'same': give one another name");
    assertThatThrownBy(() -> root.as(Foreign.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Foreign.run cannot be called: parameter 2 'threads': java.lang.Thread"
                + " cannot travel");
    assertThatThrownBy(() -> root.as(ForeignAnswer.class))
        .hasMessageContaining(
            "ForeignAnswer.thread cannot be called: the answer: java.lang.Thread");
    assertThatThrownBy(() -> root.as(Callee.class))
        .hasMessageContaining("argument 2 'caller' is the callee's connection");
    assertThatThrownBy(() -> root.as(Answering.class))
        .hasMessageContaining("@OneWay has no answer, but it returns java.lang.String");
    assertThatThrownBy(() -> root.as(Zoned.class))
        .hasMessageContaining("Python's datetime has no zone: say what stands for it");
    assertThatThrownBy(() -> root.as(Dicts.class))
        .hasMessageContaining("Python cannot hash a dict, which Size is");
    assertThatThrownBy(() -> root.as(BadKeywords.class))
        .hasMessageContaining("@Keywords are a Map<String, …>");
    assertThatThrownBy(() -> root.as(OwnStage.class))
        .hasMessageContaining("declare a CompletionStage");
    assertThatThrownBy(() -> root.as(Closed.class)).hasMessageContaining("is sealed");
    assertThatThrownBy(() -> root.as(String.class)).hasMessageContaining("String is no interface");
  }

  @Test
  void theTableOfAnInterfaceIsMadeOnce() {
    MethodTables tables = MethodTables.of(Types.PLAIN);
    assertThat(tables.called(Desk.class)).isSameAs(tables.called(Desk.class));
    assertThat(MethodTables.of(Types.builder().build()).called(Desk.class))
        .isNotSameAs(tables.called(Desk.class));
  }

  // ---- nulls that compilers put elsewhere ----

  @Test
  void nullsAreNoneWhicheverMethodTheyAreTakenFor() {
    RemoteReference root = peer.broker().root();
    assertThat(heardFrom(() -> root.call("m", null, null)))
        .containsExactly("[message 1 root m 1 [tuple [None] [None]] [dictionary]]");
    assertThat(heardFrom(() -> root.call("m", null, Map.of("a", 1))))
        .containsExactly(
            "[message 2 root m 1 [tuple [None] [dictionary [u\"a\" 1]]] [dictionary]]");
    assertThat(heardFrom(() -> root.call("m", (Object[]) null)))
        .containsExactly("[message 3 root m 1 [tuple [None]] [dictionary]]");
    List<String> heard = new ArrayList<>(heardFrom(() -> root.send("m", (Object[]) null)));
    assertThat(heard).containsExactly("[message 4 root m 0 [tuple [None]] [dictionary]]");
  }
}

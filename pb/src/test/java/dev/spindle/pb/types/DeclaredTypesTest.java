// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What declarations mean, one by one, and what is refused of them. */
class DeclaredTypesTest {
  enum Fill {
    PLAIN,
    HATCHED
  }

  record Size(int width, int height) {}

  @AsTuple
  record Pair(String name, int count) {}

  record Tree(String name, List<Tree> children) {}

  record Page<T>(List<T> items) {}

  record Endless<T>(Optional<T> here, Optional<Endless<List<T>>> next) {}

  @Copyable("t.Box")
  record Box<T>(T content, int weight) {}

  record Positive(long value) {
    Positive {
      if (value < 1) {
        throw new IllegalArgumentException("not positive: " + value);
      }
    }
  }

  sealed interface Shape {}

  @Copyable("t.Circle")
  record Circle(int radius) implements Shape {}

  record Line(int length) implements Shape {}

  /** Declares types, as the results of its methods. */
  interface Declared {
    Deque<Size> deque();

    SortedSet<String> sorted();

    SortedSet<Size> unsortable();

    EnumSet<Fill> fills();

    @SuppressWarnings("rawtypes")
    EnumSet ofWhat();

    Iterable<Fill> iterable();

    Set<List<Pair>> setOfLists();

    Map<Set<Long>, Size> byset();

    Map<Size, Long> bySize();

    Set<String[]> setOfArrays();

    Set<Map<String, Long>> setOfMaps();

    Map<UUID, String> byId();

    List<Size>[] arrays();

    Page<Size> page();

    Page<? extends Number> numbers();

    Endless<String> endless();

    Box<Size> box();

    Tree tree();

    List<List<Integer>> lists();

    List<Positive> positives();

    Optional<Optional<String>> twice();

    @Nullable Optional<String> nullable();

    List<@Nullable String> holes();

    CompletionStage<Optional<Size>> later();

    CompletionStage<Void> nothing();

    Instant instant();

    java.util.Date date();

    Runnable task();

    Shape shape();

    <T extends Comparable<T>> T variable();
  }

  private static final Types TYPES = Types.builder().copies(Box.class).copies(Circle.class).build();

  private static Converter of(String method) {
    return of(TYPES, method);
  }

  private static Converter of(Types types, String method) {
    try {
      return types.converters().seenFrom(Declared.class).ofAnswer(Declared.class.getMethod(method));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> size(Object width, Object height) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("width", width);
    size.put("height", height);
    return size;
  }

  // ---- collections ----

  @Test
  void collectionsAreOfTheClassThatIsDeclared() {
    assertThat(of("deque").read(List.of(size(1L, 2L))))
        .isInstanceOfSatisfying(
            ArrayDeque.class, it -> assertThat(it.getFirst()).isEqualTo(new Size(1, 2)));
    assertThat(of("deque").write(new ArrayDeque<>(List.of(new Size(1, 2)))))
        .isEqualTo(List.of(size(1, 2)));
    assertThat(of("sorted").read(new LinkedHashSet<>(List.of("b", "a"))))
        .isEqualTo(new TreeSet<>(Set.of("a", "b")))
        .isInstanceOf(TreeSet.class);
    assertThat(of("fills").read(FrozenSet.copyOf(List.of("PLAIN"))))
        .isEqualTo(EnumSet.of(Fill.PLAIN))
        .isInstanceOf(EnumSet.class);
    assertThat(of("fills").write(EnumSet.of(Fill.HATCHED))).isEqualTo(Set.of("HATCHED"));
    assertThat(of("iterable").read(Set.of("PLAIN"))).isEqualTo(Set.of(Fill.PLAIN));
    assertThat(of("iterable").write(Map.of(1, Fill.PLAIN).values())).isEqualTo(List.of("PLAIN"));
    assertThat((Object[]) of("arrays").read(List.of(List.of(size(1L, 2L)))))
        .containsExactly(List.of(new Size(1, 2)));
  }

  @Test
  void whatPythonHashesIsWrittenSoThatItCan() {
    Object written = of("setOfLists").write(Set.of(List.of(new Pair("a", 1))));
    assertThat(written).isEqualTo(Set.of(Tuple.of(Tuple.of("a", 1))));
    assertThat(((Set<?>) written).iterator().next()).isInstanceOf(Tuple.class);
    assertThat(of("setOfLists").read(written)).isEqualTo(Set.of(List.of(new Pair("a", 1))));
    Map<?, ?> bySet = (Map<?, ?>) of("byset").write(Map.of(Set.of(1L), new Size(1, 2)));
    assertThat(bySet.keySet().iterator().next()).isInstanceOf(FrozenSet.class);
  }

  @Test
  void keysThatBecomeOneAreRefused() {
    Map<String, String> twice = new HashMap<>();
    twice.put("00000000-0000-0000-0000-00000000000a", "small");
    twice.put("00000000-0000-0000-0000-00000000000A", "large");
    assertThatThrownBy(() -> of("byId").read(twice)).hasMessage("has two keys that are one UUID");
  }

  @Test
  void whatACollectionCannotHoldIsRefused() {
    assertThatThrownBy(() -> of("sorted").read(new LinkedHashSet<>(Arrays.asList("a", 1L))))
        .hasMessage("[1] must be str, not int");
    Converter any = TYPES.converters().of(TreeSet.class);
    assertThatThrownBy(() -> any.read(new LinkedHashSet<>(Arrays.asList("a", 1L))))
        .isInstanceOf(MismatchException.class)
        .hasMessage("[1] is int, which a TreeSet cannot hold with these");
    Converter deque = TYPES.converters().of(Deque.class);
    assertThatThrownBy(() -> deque.read(Arrays.asList(1L, null)))
        .isInstanceOf(MismatchException.class)
        .hasMessage("[1] is None, which a Deque cannot hold with these");
  }

  // ---- records ----

  @Test
  void aTupleRecordIsATuple() {
    Converter pair = TYPES.converters().of(Pair.class);
    assertThat(pair.write(new Pair("a", 1))).isEqualTo(Tuple.of("a", 1)).isInstanceOf(Tuple.class);
    assertThat(pair.read(Tuple.of("a", 1L))).isEqualTo(new Pair("a", 1));
    assertThat(pair.read(new ArrayList<>(List.of("a", 1L)))).isEqualTo(new Pair("a", 1));
    assertThatThrownBy(() -> pair.read(Tuple.of("a", "b")))
        .hasMessage(".count must be int, not str");
    assertThatThrownBy(() -> pair.read(Tuple.of("a"))).hasMessage("must be a tuple of 2, not of 1");
    assertThatThrownBy(() -> pair.read(Map.of())).hasMessage("must be tuple, not dict");
  }

  @Test
  void genericRecordsAreOfTheirArguments() {
    assertThat(of("page").read(Map.of("items", List.of(size(1L, 2L)))))
        .isEqualTo(new Page<>(List.of(new Size(1, 2))));
    assertThatThrownBy(() -> of("page").read(Map.of("items", List.of("x"))))
        .hasMessage(".items[0] must be dict, not str");
    assertThatThrownBy(() -> of("numbers").read(Map.of("items", List.of("x"))))
        .hasMessage(".items[0] must be Number, not str");
  }

  /** It was read as a Box of anything, before it was known of what. */
  @Test
  void aGenericCopyIsReadAsWhatItIsDeclaredToHold() {
    assertThat(of("box").read(new Box<>(size(1L, 2L), 3))).isEqualTo(new Box<>(new Size(1, 2), 3));
    assertThatThrownBy(() -> of("box").read(new Box<>("x", 3)))
        .hasMessage(".content must be dict, not str");
    Object written = of("box").write(new Box<>(new Size(1, 2), 3));
    assertThat(TYPES.formOf(java.util.Objects.requireNonNull(written), Optional.empty()))
        .hasToString("Form[tag=\"t.Box\", parts=[{content={width=1, height=2}, weight=3}]]");
  }

  @Test
  void whatAConstructorThrowsIsAMismatch() {
    assertThatThrownBy(() -> of("positives").read(List.of(Map.of("value", 0L))))
        .isInstanceOf(MismatchException.class)
        .hasMessage("[0] must be a Positive: not positive: 0");
  }

  // ---- absence ----

  @Test
  void whatMayBeAbsent() {
    assertThat(of("nullable").read(null)).isEqualTo(Optional.empty());
    assertThat(of("holes").read(Arrays.asList("a", null))).isEqualTo(Arrays.asList("a", null));
    assertThat(of("holes").write(Arrays.asList("a", null))).isEqualTo(Arrays.asList("a", null));
    assertThat(of("later").read(null)).isEqualTo(Optional.empty());
    assertThat(of("later").read(size(1L, 2L))).isEqualTo(Optional.of(new Size(1, 2)));
    assertThat(of("nothing").read("whatever")).isNull();
    assertThat(of("variable").read(5L)).isEqualTo(5L);
  }

  // ---- what cannot be ----

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "unsortable", "Size is not Comparable. Declare a Set or Map that is not sorted"),
        Arguments.of("ofWhat", "java.util.EnumSet cannot be made: it does not say of which enum"),
        Arguments.of("bySize", "Python cannot hash a dict, which Size is: register it as a copy"),
        Arguments.of("setOfArrays", "an array is no key and no member of a set"),
        Arguments.of("setOfMaps", "Python cannot hash a dict: a Map is no key and no member"),
        Arguments.of("twice", "an Optional of what may itself be absent cannot travel"),
        Arguments.of(
            "instant", "java.time.Instant cannot travel, as Python's datetime has no zone"),
        Arguments.of("date", "java.util.Date cannot travel, as Python's datetime has no zone"),
        Arguments.of(
            "task",
            "java.lang.Runnable cannot travel: register it in the Types (copies,"
                + " sends or converts), annotate it @Remote, or declare Object"),
        Arguments.of("shape", "it permits Line, which is not registered as a copy"),
        Arguments.of("endless", "has type arguments without end"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void declarationsThatCannotTravelAreTold(String method, String why) {
    assertThatThrownBy(() -> of(method))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theUserSaysWhatAnInstantIs() {
    Types types =
        Types.builder()
            .converts(
                Instant.class,
                instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC),
                wire -> ((LocalDateTime) wire).toInstant(ZoneOffset.UTC))
            .build();
    Converter instant = of(types, "instant");
    assertThat(instant.write(Instant.EPOCH)).isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0));
    assertThat(instant.read(LocalDateTime.of(1970, 1, 1, 0, 0))).isEqualTo(Instant.EPOCH);
    assertThatThrownBy(() -> instant.read("now")).hasMessage("must be Instant, not str");
    assertThatThrownBy(() -> instant.write(null)).hasMessage("must be Instant, not None");
  }

  @Test
  void aSealedTypeIsAnyOfItsClasses() {
    Types types = Types.builder().copies(Circle.class).copies(Line.class, "t.Line").build();
    Converter shape = of(types, "shape");
    assertThat(shape.read(new Line(3))).isEqualTo(new Line(3));
    assertThatThrownBy(() -> shape.read(size(1, 2))).hasMessage("must be Circle or Line, not dict");
  }

  // ---- values that would never end ----

  @Test
  void aValueThatHoldsItselfIsRefused() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", "a");
    tree.put("children", new ArrayList<>(List.of(tree)));
    assertThatThrownBy(() -> of("tree").read(tree))
        .isInstanceOf(MismatchException.class)
        .hasMessageContaining("is nested deeper than " + Conversion.MAX_DEPTH);
    List<Tree> children = new ArrayList<>();
    Tree loop = new Tree("a", children);
    children.add(loop);
    assertThatThrownBy(() -> of("tree").write(loop))
        .isInstanceOf(MismatchException.class)
        .hasMessageContaining("or holds itself");
  }

  /** Each level mentions the one below it twice: 2^200 trees, if each mention were converted. */
  @Test
  void whatIsMentionedAgainAndAgainIsConvertedOnce() {
    Map<String, Object> tree = Map.of("name", "leaf", "children", List.of());
    for (int i = 0; i < 200; i++) {
      tree = Map.of("name", "n" + i, "children", Arrays.asList(tree, tree));
    }
    Tree read = (Tree) of("tree").read(tree);
    Set<Tree> met = Collections.newSetFromMap(new IdentityHashMap<>());
    count(read, met);
    assertThat(met).hasSizeLessThan(Conversion.MEMBERS_BEFORE_SHARING);
  }

  private static void count(Tree tree, Set<Tree> met) {
    if (met.add(tree)) {
      tree.children().forEach(child -> count(child, met));
    }
  }

  @Test
  void aLongListMentionedOftenIsConvertedOnce() {
    List<Long> numbers = Collections.nCopies(10_000, 5L);
    List<?> read = (List<?>) of("lists").read(Collections.nCopies(10_000, numbers));
    assertThat(read.get(9_999)).isSameAs(read.get(9_998)).isEqualTo(Collections.nCopies(10_000, 5));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.RawPeer;
import dev.spindle.pb.broker.Referenceable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Objects by value, as they stand on the wire. Sections 6.5, 7 and 11.1 of the reference. */
class CopiesTest {

  @Copyable("geo.Point")
  record Point(int x, int y) {}

  enum Fill {
    PLAIN,
    HATCHED
  }

  @Copyable("geo.Shape")
  record Shape(
      String name, List<Point> corners, Optional<Fill> fill, Map<String, BigDecimal> prices) {}

  @Copyable("geo.Positive")
  record Positive(long value) {
    Positive {
      if (value < 1) {
        throw new IllegalArgumentException("not positive: " + value);
      }
    }
  }

  @Copyable("tree.Node")
  static final class Node {
    private @Nullable String name;
    private @Nullable Node parent;
    private @Nullable List<Node> children = new ArrayList<>();
    private int weight = 7;
    private transient int visits = 3;

    Node() {}
  }

  @Copyable("tree.Leaf")
  record Leaf(@Nullable Object inside, List<Leaf> others) {}

  /** Keeps what it is given, and gives what it is told. */
  private static final class Desk implements Referenceable {
    @Nullable Object seen;
    @Nullable Object shown;

    @Exposed
    void take(@Nullable Object value) {
      seen = value;
    }

    @Exposed
    @Nullable Object show() {
      return shown;
    }

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      return value;
    }

    @Exposed
    int sum(Point point) {
      return point.x + point.y;
    }
  }

  private final Desk desk = new Desk();

  private RawPeer peer(Types types) {
    return RawPeer.ofServer(desk, BrokerSettings.DEFAULT.withTypes(types));
  }

  private static Types of(Class<?>... classes) {
    Types.Builder builder = Types.builder();
    for (Class<?> each : classes) {
      builder.copies(each);
    }
    return builder.build();
  }

  private @Nullable Object taken(Types types, String value) {
    RawPeer peer = peer(types);
    peer.says("[message 1 root take 1 [tuple " + value + "] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 [None]]");
    return desk.seen;
  }

  private String shown(Types types, Object value) {
    desk.shown = value;
    RawPeer peer = peer(types);
    peer.says("[message 1 root show 1 [tuple] [dictionary]]");
    String answer = peer.heard().get(0);
    assertThat(answer).startsWith("[answer 1 ");
    return answer.substring("[answer 1 ".length(), answer.length() - 1);
  }

  private String refusal(Types types, String value) {
    RawPeer peer = peer(types);
    peer.says(
        "[message 1 root take 1 [tuple " + value + "] [dictionary]]",
        "[message 2 root take 1 [tuple 1] [dictionary]]");
    List<String> heard = peer.heard();
    assertThat(heard).hasSize(2).last().isEqualTo("[answer 2 [None]]");
    return heard.get(0);
  }

  // ---- records ----

  @Test
  void aRecordIsItsTagAndADictOfItsComponents() {
    assertThat(shown(of(Point.class), new Point(1, -2)))
        .isEqualTo("[geo.Point [dictionary [u\"x\" 1] [u\"y\" -2]]]");
  }

  @Test
  void attributesAreReadUnderTextAndUnderByteStrings() {
    assertThat(taken(of(Point.class), "[geo.Point [dictionary [u\"x\" 1] [u\"y\" -2]]]"))
        .isEqualTo(new Point(1, -2));
    assertThat(taken(of(Point.class), "[geo.Point [dictionary [x 1] [y -2]]]"))
        .isEqualTo(new Point(1, -2));
  }

  @Test
  void partsOfARecordAreOfTheTypesThatItSays() {
    Shape shape =
        new Shape(
            "roof",
            List.of(new Point(0, 0), new Point(4, 3)),
            Optional.of(Fill.HATCHED),
            Map.of("m2", new BigDecimal("9.95")));
    String wire = shown(of(Point.class, Shape.class), shape);
    assertThat(wire)
        .isEqualTo(
            "[geo.Shape [dictionary [u\"name\" u\"roof\"] [u\"corners\" [list"
                + " [geo.Point [dictionary [u\"x\" 0] [u\"y\" 0]]]"
                + " [geo.Point [dictionary [u\"x\" 4] [u\"y\" 3]]]]]"
                + " [u\"fill\" u\"HATCHED\"] [u\"prices\" [dictionary [u\"m2\" [decimal 995"
                + " -2]]]]]]");
    assertThat(taken(of(Point.class, Shape.class), wire)).isEqualTo(shape);
  }

  @Test
  void aRecordThatIsNotRegisteredIsADictWithinOneThatIs() {
    Shape shape = new Shape("a", List.of(new Point(1, 2)), Optional.empty(), Map.of());
    String wire = shown(of(Shape.class), shape);
    assertThat(wire).contains("[u\"corners\" [list [dictionary [u\"x\" 1] [u\"y\" 2]]]]");
    assertThat(taken(of(Shape.class), wire)).isEqualTo(shape);
  }

  @Test
  void moreAttributesThanTheRecordHasAreLeftOut() {
    assertThat(taken(of(Point.class), "[geo.Point [dictionary [u\"x\" 1] [u\"z\" 9] [u\"y\" 2]]]"))
        .isEqualTo(new Point(1, 2));
  }

  @Test
  void aParameterTakesACopy() {
    RawPeer peer = peer(of(Point.class));
    peer.says("[message 1 root sum 1 [tuple [geo.Point [dictionary [x 1] [y 2]]]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 3]");
  }

  // ---- what is refused costs one call ----

  @Test
  void aTagThatIsNotRegisteredIsRefusedByName() {
    assertThat(refusal(Types.PLAIN, "[geo.Point [dictionary [u\"x\" 1]]]"))
        .isEqualTo(
            "[error 1 !twisted.spread.jelly.InsecureJelly: Module geo not allowed (in type"
                + " geo.Point).]");
  }

  @Test
  void aMismatchNamesThePathAndBothTypes() {
    Types types = of(Point.class, Shape.class);
    assertThat(refusal(types, "[geo.Point [dictionary [u\"x\" u\"one\"] [u\"y\" 2]]]"))
        .isEqualTo("[error 1 !builtins.TypeError: a copy of geo.Point: .x must be int, not str]");
    assertThat(refusal(types, "[geo.Point [dictionary [u\"x\" 1]]]"))
        .contains("a copy of geo.Point: must have an attribute 'y'");
    assertThat(refusal(types, "[geo.Point [dictionary [u\"x\" 1] [u\"y\" [None]]]]"))
        .contains(".y must be int, not None");
    assertThat(refusal(types, "[geo.Point [list 1 2]]"))
        .contains("must have a dict of attributes as its state, not list");
    assertThat(refusal(types, "[geo.Point]")).contains("a copy of geo.Point without state");
    String start = "[geo.Shape [dictionary [u\"name\" u\"a\"] ";
    assertThat(
            refusal(
                types, start + "[u\"corners\" [list [dictionary [x 1] [y u\"b\"]]]] [fill 1]]]"))
        .contains("a copy of geo.Shape: .corners[0].y must be int, not str");
    assertThat(refusal(types, start + "[corners [list]] [fill u\"RED\"]]]"))
        .contains(".fill must be one of PLAIN, HATCHED, not 'RED'");
    assertThat(refusal(types, start + "[corners [list]] [prices [dictionary [u\"k\" 1.5]]]]]"))
        .contains(".prices['k'] must be Decimal, not float");
  }

  @Test
  void whatTheConstructorThrowsRefusesTheValue() {
    assertThat(refusal(of(Positive.class), "[geo.Positive [dictionary [value 0]]]"))
        .isEqualTo(
            "[error 1 !builtins.ValueError: a copy of geo.Positive:"
                + " java.lang.IllegalArgumentException: not positive: 0]");
  }

  @Test
  void anObjectThatIsNotRegisteredIsNotSent() {
    desk.shown = new Point(1, 2);
    RawPeer peer = peer(Types.PLAIN);
    peer.says("[message 1 root show 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("Point cannot be sent");
  }

  // ---- sharing and cycles ----

  @Test
  void oneObjectTwiceIsOneObject() {
    Point point = new Point(1, 2);
    String wire = shown(of(Point.class), List.of(point, point));
    assertThat(wire)
        .isEqualTo(
            "[list [reference 1 [geo.Point [dictionary [u\"x\" 1] [u\"y\" 2]]]] [dereference 1]]");
    List<?> read = (List<?>) taken(of(Point.class), wire);
    assertThat(read.get(0)).isEqualTo(point).isSameAs(read.get(1));
  }

  @Test
  void aDereferenceMayComeBeforeItsRecord() {
    List<?> read =
        (List<?>)
            taken(
                of(Point.class),
                "[list [dereference 5] [reference 5 [geo.Point [dictionary [x 1] [y 2]]]]]");
    assertThat(read.get(0)).isEqualTo(new Point(1, 2)).isSameAs(read.get(1));
  }

  @Test
  void anObjectWithFieldsMayHoldItself() {
    Node root = new Node();
    root.name = "root";
    Node child = new Node();
    child.parent = root;
    child.visits = 99;
    assertThat(root.children).isNotNull().isEmpty();
    root.children.add(child);
    String wire = shown(of(Node.class), root);
    assertThat(wire).startsWith("[reference 1 [tree.Node ").contains("[dereference 1]");
    Node read = (Node) taken(of(Node.class), wire);
    assertThat(read.name).isEqualTo("root");
    Node readChild = read.children.get(0);
    assertThat(readChild.parent).isSameAs(read);
    assertThat(readChild.visits).as("transient: not sent").isEqualTo(3);
  }

  @Test
  void aFieldThatDoesNotArriveStaysAsItIs() {
    Node read = (Node) taken(of(Node.class), "[tree.Node [dictionary [name [None]]]]");
    assertThat(read.weight).isEqualTo(7);
    assertThat(read.name).isNull();
    assertThat(((Node) taken(of(Node.class), "[tree.Node [None]]")).weight).isEqualTo(7);
    assertThat(refusal(of(Node.class), "[tree.Node [dictionary [weight [None]]]]"))
        .contains(".weight must be int, not None");
  }

  /** Its components must be there when it is made; a list of anything is filled later. */
  @Test
  void aRecordHoldsItselfWhereTypesAllowIt() {
    Leaf leaf =
        (Leaf)
            taken(
                of(Leaf.class),
                "[reference 1 [tree.Leaf [dictionary [inside [list [dereference 1]]]"
                    + " [others [list]]]]]");
    assertThat((List<?>) leaf.inside()).singleElement().isSameAs(leaf);
    assertThat(
            refusal(
                of(Leaf.class),
                "[reference 1 [tree.Leaf [dictionary [inside 1] [others [list [dereference 1]]]]]]"))
        .contains("a copy of tree.Leaf: .others[0] cannot be made of itself");
  }

  @Test
  void aRecordIsADictionaryKeyAndASetMember() {
    Object set = taken(of(Point.class), "[set [geo.Point [dictionary [x 1] [y 2]]]]");
    assertThat(set).isEqualTo(Set.of(new Point(1, 2)));
    String shared =
        "[list [reference 1 [geo.Point [dictionary [x 1] [y 2]]]]"
            + " [dictionary [[tuple [dereference 1]] 9]]]";
    List<?> read = (List<?>) taken(of(Point.class), shared);
    assertThat(((Map<?, ?>) read.get(1)).containsKey(List.of(new Point(1, 2)))).isTrue();
  }

  @Test
  void aKeyThatIsNotKnownYetIsRefused() {
    assertThat(
            refusal(
                of(Point.class),
                "[list [set [dereference 1]] [reference 1 [geo.Point [dictionary [x 1] [y 2]]]]]"))
        .contains("a set member is or holds an object that is not known yet");
  }

  // ---- by functions ----

  record Pond(String name, int frogs, int owners) {}

  @Test
  void functionsSayWhatStandsForAnObject() {
    Types types =
        Types.builder()
            .sends(Pond.class, "garden", pond -> List.of(pond.name(), pond.frogs()))
            .readsAny(
                "garden",
                state -> {
                  List<?> parts = (List<?>) state;
                  return new Pond((String) parts.get(0), ((Long) parts.get(1)).intValue(), 0);
                })
            .build();
    assertThat(shown(types, new Pond("north", 2, 5))).isEqualTo("[garden [list u\"north\" 2]]");
    assertThat(taken(types, "[garden [list u\"north\" 2]]")).isEqualTo(new Pond("north", 2, 0));
    assertThat(refusal(types, "[garden 1]")).contains("a copy of garden: ").contains("ClassCast");
  }

  @Test
  void attributesAreGivenByName() {
    Types types =
        Types.builder().reads("garden.Pond", state -> new LinkedHashMap<>(state).keySet()).build();
    assertThat(taken(types, "[garden.Pond [dictionary [a 1] [u\"b\" 2]]]"))
        .isEqualTo(Set.of("a", "b"));
  }

  @Test
  void withoutAPerspectiveThereIsNone() {
    Types types =
        Types.builder()
            .sendsFor(Pond.class, "pond", (pond, viewer) -> viewer.isPresent() ? 1 : 0)
            .build();
    assertThat(shown(types, new Pond("north", 2, 5))).isEqualTo("[pond 0]");
  }

  static class Animal {}

  static final class Duck extends Animal {}

  static final class Frog extends Animal {}

  @Test
  void aClassIsSentAsItsNearestRegisteredParent() {
    Types types =
        Types.builder()
            .sends(Animal.class, "animal", animal -> animal.getClass().getSimpleName())
            .sends(Frog.class, "frog", frog -> 1)
            .build();
    assertThat(shown(types, List.of(new Duck(), new Frog())))
        .isEqualTo("[list [animal u\"Duck\"] [frog 1]]");
  }

  // ---- mistakes at the start ----

  @Test
  void mistakesAreToldWhenTheTypesAreMade() {
    assertThatThrownBy(() -> Types.builder().copies(String.class))
        .hasMessageContaining("java.lang.String has no @Copyable");
    assertThatThrownBy(() -> Types.builder().copies(Pond.class, "dictionary"))
        .hasMessageContaining("the tag 'dictionary' is the protocol's own");
    assertThatThrownBy(() -> Types.builder().reads("remote", state -> state))
        .hasMessageContaining("the tag 'remote' is the protocol's own");
    assertThatThrownBy(() -> Types.builder().copies(Point.class).copies(Point.class, "other"))
        .hasMessageContaining("Point is registered already");
    assertThatThrownBy(() -> Types.builder().copies(Point.class).copies(Pond.class, "geo.Point"))
        .hasMessageContaining("the tag 'geo.Point' is read already");
    record Running(List<Thread> threads) {}
    assertThatThrownBy(() -> Types.builder().copies(Running.class, "r").build())
        .hasMessageContaining("Running.threads: java.lang.Thread cannot travel: register it");
    final class Fixed {
      final int value = 1;
    }
    assertThatThrownBy(() -> Types.builder().copies(Fixed.class, "f").build())
        .hasMessageContaining("needs a constructor without parameters");
  }
}

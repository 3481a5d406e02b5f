// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static dev.spindle.pb.jelly.PythonValues.bytes;
import static dev.spindle.pb.jelly.PythonValues.dict;
import static dev.spindle.pb.jelly.PythonValues.list;
import static dev.spindle.pb.jelly.PythonValues.set;
import static dev.spindle.pb.jelly.PythonValues.tuple;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.vectors.Vectors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Jelly's vectors with the plain types alone. What concerns references, failures and their like is
 * in {@code ValueVectorsTest} of the broker.
 */
class JellyVectorsTest {

  /** Why a vector of what Twisted sends has no value here: by the beginning of its name. */
  private static final Map<String, String> NOT_PLAIN =
      Map.ofEntries(
          entry("class ", "no class of Java is one of Python's; refused on receipt, see below"),
          entry("referenceable", "a reference"),
          entry("same referenceable twice", "references"),
          entry("two referenceables", "references"),
          entry("reference to a peer's ", "a reference"),
          entry("viewable", "views are not part of this stage"),
          entry("copyable", "copies are not part of this stage"),
          entry("shared copyable", "copies are not part of this stage"),
          entry("cacheable", "caches are not part of this stage"),
          entry("same cacheable twice", "caches are not part of this stage"),
          entry("failure", "a tag of the broker"),
          entry("instance of an unprepared class", "unsendable here, where Twisted sends a note"),
          entry("shared unprepared instance", "unsendable here, where Twisted sends a note"),
          entry("list with an unprepared instance", "unsendable here, where Twisted sends a note"),
          entry("bytearray", "Java's byte[] is sent as bytes"),
          entry("complex", "no such type in Java"),
          entry("range", "no such type in Java"),
          entry("named tuple", "no such type in Java"),
          entry("ordered dict", "any Map is sent as a dict"),
          entry("int enum", "an enum is unsendable here, where Twisted sends a note"),
          entry("uuid", "unsendable here, where Twisted sends a note"),
          entry("exception", "unsendable here, where Twisted sends a note"),
          entry("ellipsis", "no such type in Java"));

  private static @Nullable String whyNotPlain(String name) {
    return NOT_PLAIN.entrySet().stream()
        .filter(prefix -> !PythonValues.PLAIN.containsKey(name) && name.startsWith(prefix.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  @Test
  void everyVectorIsInTheTableOrItIsSaidWhyNot() {
    Set<String> unknown =
        Vectors.of("jelly.json", "vectors").stream()
            .map(Vectors::name)
            .filter(name -> !PythonValues.PLAIN.containsKey(name) && whyNotPlain(name) == null)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unknown).isEmpty();
    Set<String> gone = new HashSet<>(PythonValues.PLAIN.keySet());
    Vectors.of("jelly.json", "vectors").forEach(vector -> gone.remove(Vectors.name(vector)));
    assertThat(gone).as("in the table alone").isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> plainValuesAreWrittenAndReadAlike() {
    return Vectors.of("jelly.json", "vectors").stream()
        .filter(vector -> PythonValues.PLAIN.containsKey(Vectors.name(vector)))
        .flatMap(
            vector ->
                Stream.of(Dialect.values())
                    .map(
                        dialect ->
                            dynamicTest(
                                dialect.wireName() + " " + Vectors.name(vector),
                                () -> roundTrip(vector, dialect))));
  }

  private static void roundTrip(JsonNode vector, Dialect dialect) throws RefusedValueException {
    boolean abbreviated = dialect == Dialect.PB && vector.has("hex_pb");
    byte[] bytes = Vectors.hex(vector.get(abbreviated ? "hex_pb" : "hex"));
    Object value = PythonValues.PLAIN.get(Vectors.name(vector)).get();
    assertThat(Jelling.written(value, dialect)).isEqualTo(bytes);
    assertThat(Shape.of(Jelling.read(bytes, dialect))).isEqualTo(Shape.of(value));
  }

  @TestFactory
  Stream<DynamicTest> whatTwistedPutsInThePlaceOfTheUnsendableIsRead() {
    return Vectors.of("jelly.json", "vectors").stream()
        .filter(vector -> "unpersistable".equals(vector.at("/sexp/0/b").asText()))
        .map(
            vector ->
                dynamicTest(
                    Vectors.name(vector),
                    () ->
                        assertThat(Jelling.read(Vectors.expression(vector.get("sexp"))))
                            .isEqualTo(
                                new Unpersistable(
                                    "Unpersistable data: \""
                                        + vector.at("/sexp/1/b").asText()
                                        + '"'))));
  }

  @TestFactory
  Stream<DynamicTest> classesAreRefused() {
    return Vectors.of("jelly.json", "vectors").stream()
        .filter(vector -> vector.has("unjelly_error"))
        .filter(vector -> whyNotPlain(Vectors.name(vector)) != null)
        .map(
            vector ->
                dynamicTest(
                    Vectors.name(vector),
                    () ->
                        assertThat(faultOf(Vectors.expression(vector.get("sexp"))))
                            .isEqualTo(FAULTS.get(vector.get("unjelly_error").asText()))));
  }

  /** Nothing of what Twisted sends when everything is permitted may arrive here. */
  @TestFactory
  Stream<DynamicTest> whatNeedsPermissionIsRefused() {
    return Vectors.of("jelly.json", "plain").stream()
        .filter(vector -> vector.has("hex"))
        .map(
            vector ->
                dynamicTest(
                    Vectors.name(vector),
                    () ->
                        assertThat(faultOf(Vectors.expression(vector.get("sexp"))))
                            .isEqualTo(Fault.INSECURE)));
  }

  private static Fault faultOf(Object expression) {
    RefusedValueException refused =
        catchThrowableOfType(RefusedValueException.class, () -> Jelling.read(expression));
    assertThat(refused).as("refuses " + expression).isNotNull();
    assertThat(refused.getMessage()).isNotEmpty();
    return refused.fault();
  }

  // ---- receive ----

  private static final Map<String, Fault> FAULTS =
      Map.of(
          "InsecureJelly", Fault.INSECURE,
          "IndexError", Fault.INDEX,
          "TypeError", Fault.TYPE,
          "ValueError", Fault.VALUE,
          "KeyError", Fault.KEY,
          "UnicodeDecodeError", Fault.UNICODE,
          "AssertionError", Fault.ASSERTION);

  /** What is refused here under another name, or although Twisted lets it pass. */
  private static final Map<String, Fault> REFUSED_DIFFERENTLY =
      Map.ofEntries(
          // AttributeError there: an accident of how it looks for the atom.
          entry("list starting with an integer", Fault.TYPE),
          entry("list starting with a list", Fault.TYPE),
          // AssertionError there.
          entry("boolean junk", Fault.TYPE),
          entry("boolean integer", Fault.TYPE),
          // There a placeholder of Jelly's own is left in the value.
          entry("dereference without reference", Fault.KEY));

  /** What is read. Where Twisted gives an unresolved placeholder, the value that is meant. */
  private static final Map<String, @Nullable Object> READ = new LinkedHashMap<>();

  static {
    READ.put("bare integer", 5L);
    READ.put("bare float", 1.5);
    READ.put("bare byte string", bytes("abc"));
    READ.put("atom only", bytes("None"));
    READ.put("None with extra", null);
    READ.put("unicode with extra", "a");
    READ.put("persistent", new Unpersistable("Persistent callback not found"));
    READ.put("unpersistable", new Unpersistable("Unpersistable data: \"reason\""));
    READ.put("dictionary text keys", dict("a", 1L));
    READ.put("dictionary byte keys", dict(bytes("a"), 1L));
    READ.put("dictionary duplicate keys", dict(1L, 2L));
    READ.put("set duplicates", set(1L));
    READ.put("datetime short", LocalDateTime.of(2020, 1, 2, 0, 0));
    READ.put("datetime padded", LocalDateTime.of(2020, 1, 2, 3, 4, 5, 6_000));
    READ.put("time empty", LocalTime.MIDNIGHT);
    READ.put("timedelta normalised", Duration.ofDays(1).plusSeconds(3601).plusNanos(1000));
    READ.put("timedelta negative parts", Duration.ofNanos(-1000));
    READ.put("decimal", new BigDecimal("-9.95"));
    Object one = list(1L);
    READ.put("dereference before reference", list(one, one));
    READ.put("dereference before reference in a tuple", tuple(one, one));
    READ.put("reference used once", one);
    READ.put("reference to a scalar", list(5L, 5L));
    READ.put("reference to None", list(null, null));
    Object empty = list();
    READ.put("reference number text", list(empty, empty));
    Object dict = dict();
    READ.put("reference numbers out of order", list(empty, dict, empty, dict));
  }

  /** In {@code ValueVectorsTest}: the broker's tags. */
  private static final List<String> OF_THE_BROKER =
      List.of("remote", "local", "cached", "lcache", "copy", "cache", "failure");

  private static boolean isOfTheBroker(String name) {
    return !name.endsWith(" atom")
        && OF_THE_BROKER.stream().anyMatch(tag -> name.equals(tag) || name.matches(tag + "[ ,].*"));
  }

  @TestFactory
  Stream<DynamicTest> whatArrivesIsReadOrRefusedAlike() {
    return Vectors.of("jelly.json", "receive").stream()
        .filter(vector -> !isOfTheBroker(Vectors.name(vector)))
        .map(vector -> dynamicTest(Vectors.name(vector), () -> receive(vector)));
  }

  private static void receive(JsonNode vector) throws RefusedValueException {
    String name = Vectors.name(vector);
    Object expression = Vectors.expression(vector.get("sexp"));
    if (READ.containsKey(name)) {
      assertThat(Shape.of(Jelling.read(expression))).isEqualTo(Shape.of(READ.get(name)));
      return;
    }
    Fault expected = REFUSED_DIFFERENTLY.get(name);
    if (expected == null) {
      assertThat(vector.has("unjelly_error")).as(name + " is in a table").isTrue();
      expected = FAULTS.get(vector.get("unjelly_error").asText());
    }
    assertThat(faultOf(expression)).isEqualTo(expected);
  }

  // ---- refuse_to_send ----

  /** The nearest that Java has. */
  private static final Map<String, Object> UNSENDABLE =
      Map.ofEntries(
          entry("datetime with a zone", OffsetDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)),
          entry("time with a zone", OffsetTime.of(1, 0, 0, 0, ZoneOffset.UTC)),
          entry("lone surrogate", "\ud800"),
          entry("function", (Runnable) () -> {}),
          entry("bound method", (Runnable) "x"::length),
          entry("builtin function", (Runnable) System::gc),
          entry("module", Object.class.getModule()),
          entry("integer too large", BigInteger.TWO.pow(448)),
          entry("string too long", ByteString.copyOf(new byte[655_361])),
          entry("text too long", "a".repeat(655_361)),
          entry("list too long", Collections.nCopies(655_360, 0L)),
          entry("dict too long", tooManyPairs()),
          entry("nested too deep", nested(2000)));

  private static final Set<String> NO_SUCH_VALUE = Set.of("decimal NaN", "decimal infinity");

  private static Map<Object, Object> tooManyPairs() {
    Map<Object, Object> pairs = new LinkedHashMap<>();
    for (long i = 0; i < 655_360; i++) {
      pairs.put(i, null);
    }
    return pairs;
  }

  private static Object nested(int depth) {
    Object value = list();
    for (int i = 1; i < depth; i++) {
      value = list(value);
    }
    return value;
  }

  @TestFactory
  Stream<DynamicTest> whatTwistedRefusesToSendIsNotSent() {
    return Vectors.of("jelly.json", "refuse_to_send").stream()
        .map(Vectors::name)
        .filter(name -> !NO_SUCH_VALUE.contains(name))
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      assertThat(UNSENDABLE).containsKey(name);
                      assertThatThrownBy(() -> Jelling.written(UNSENDABLE.get(name), Dialect.PB))
                          .isInstanceOf(UnsendableException.class);
                    }));
  }

  @Test
  void theLongestListAndTheDeepestNestingAreSent() throws RefusedValueException {
    Object longest = Collections.nCopies(655_359, 0L);
    assertThat(Jelling.read(Jelling.written(longest, Dialect.PB), Dialect.PB)).isEqualTo(longest);
    Object deepest = nested(JellyLimits.MAX_SEND_DEPTH);
    assertThat(Jelling.read(Jelling.written(deepest, Dialect.PB), Dialect.PB)).isEqualTo(deepest);
    assertThatThrownBy(() -> Jelling.written(nested(JellyLimits.MAX_SEND_DEPTH + 1), Dialect.PB))
        .isInstanceOf(UnsendableException.class)
        .hasMessageContaining("deeper than 300");
  }
}

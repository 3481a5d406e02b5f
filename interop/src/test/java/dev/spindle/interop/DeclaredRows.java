// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.TypeRows.got;
import static dev.spindle.interop.TypeRows.sent;

import dev.spindle.interop.Declared.Colour;
import dev.spindle.interop.Declared.Item;
import dev.spindle.interop.Declared.Size;
import dev.spindle.interop.Declared.Tea;
import dev.spindle.interop.TypeRows.DeclaredFromJava;
import dev.spindle.interop.TypeRows.DeclaredFromPython;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Values by the types that are declared for them: one for each method of {@link Declared}. */
final class DeclaredRows {
  private static final LocalDate DAY = LocalDate.of(2020, 7, 11);

  private DeclaredRows() {}

  static final List<DeclaredFromJava> SENT =
      List.of(
          sent("aBoolean", true),
          sent("aByte", (byte) 7),
          sent("aShort", (short) 7),
          sent("anInt", 7),
          sent("aLong", 7L),
          sent("aBigInteger", BigInteger.valueOf(7)),
          sent("aFloat", 0.1f),
          sent("aDouble", 1.5),
          sent("aBigDecimal", new BigDecimal("1.50")),
          sent("aNumber", 7, "a `Number` that arrives is the widest"),
          sent("aChar", 'x'),
          sent("aString", "tea"),
          sent("bytes", new byte[] {0, 1}),
          sent("aByteString", ByteString.utf8("tea")),
          sent("aUuid", new UUID(0, 1)),
          sent("aUri", URI.create("http://localhost/")),
          sent("aPath", Path.of("/srv")),
          sent("anEnum", Colour.RED),
          sent("aNullable", null),
          sent("anOptional", Optional.of("tea")),
          sent("anOptional", Optional.empty()),
          sent("anOptionalInt", OptionalInt.of(7)),
          sent("anOptionalLong", OptionalLong.of(7)),
          sent("anOptionalDouble", OptionalDouble.of(1.5)),
          sent("aDateTime", DAY.atTime(1, 16, 5, 344_000)),
          sent("aDateTime", LocalDateTime.MAX, "Python knows the years 1 to 9999"),
          sent("aDate", DAY),
          sent("aTime", LocalTime.of(1, 16, 5, 344_999), "cut to microseconds"),
          sent("aDuration", Duration.ofNanos(-1000)),
          sent("aYear", Year.of(2020)),
          sent("aList", new ArrayList<>(List.of(1, 2))),
          sent("aDeque", new ArrayDeque<>(List.of(1, 2))),
          sent("ints", new int[] {1, 2}),
          sent("floats", new float[] {1.5f}),
          sent("strings", new String[] {"a"}),
          sent("aListOfLists", new ArrayList<>(List.of(new ArrayList<>(List.of(1.5))))),
          sent("aTuple", Tuple.of(1L, "a")),
          sent("aSet", new LinkedHashSet<>(Set.of(1))),
          sent("aSortedSet", new TreeSet<>(Set.of(2, 1))),
          sent("anEnumSet", EnumSet.of(Colour.RED)),
          sent("aSetOfLists", new LinkedHashSet<>(Set.of(new ArrayList<>(List.of(1, 2))))),
          sent("aFrozenSet", FrozenSet.copyOf(List.of(1L))),
          sent("aCollection", new ArrayList<>(List.of(1))),
          sent("aMap", new LinkedHashMap<>(Map.of("a", DAY))),
          sent("aSortedMap", new TreeMap<>(Map.of("b", 1, "a", 2))),
          sent("anEnumMap", new EnumMap<>(Map.of(Colour.RED, 1))),
          sent("aMapOfSets", new LinkedHashMap<>(Map.of(new LinkedHashSet<>(Set.of(1)), "x"))),
          sent("aRecord", new Tea("tea", Optional.of(250))),
          sent("aTupleRecord", new Size(1, 2)),
          sent("aCopy", new Item("tea", 250)),
          sent("anything", "tea"));

  private static final String BOOL = "`bool` is no number here";
  private static final String MISFIT = "refused where it does not fit";

  static final List<DeclaredFromPython> RECEIVED =
      List.of(
          got("aBoolean", "True"),
          got("aBoolean", "1", "`int` is no `bool`"),
          got("aByte", "-128"),
          got("aByte", "128", MISFIT),
          got("aShort", "7"),
          got("aShort", "2**15", MISFIT),
          got("anInt", "7"),
          got("anInt", "2**31", MISFIT),
          got("anInt", "True", BOOL),
          got("anInt", "7.0", "nor is a `float` an `int`"),
          got("aLong", "2**62"),
          got("aLong", "2**63", MISFIT),
          got("aBigInteger", "7"),
          got("aFloat", "1.5"),
          got("aFloat", "0.1", "rounded to 24 bits"),
          got("aFloat", "1e300", MISFIT),
          got("aDouble", "1.5"),
          got("aDouble", "7", "an `int` that it holds exactly"),
          got("aDouble", "2**53 + 1", MISFIT),
          got("aBigDecimal", "Decimal('1.50')"),
          got("aBigDecimal", "7", "goes back as a `Decimal`"),
          got("aBigDecimal", "0.1", "0.1 is not 0.1: send a `Decimal`"),
          got("aNumber", "1.5"),
          got("aChar", "'x'"),
          got("aChar", "'\\U0001f375'", "a `char` has 16 bits"),
          got("aString", "'tea'"),
          got("aString", "b'tea'", "bytes are no text"),
          got("aString", "None", "unless it is `@Nullable` or `Optional`"),
          got("bytes", "b'tea'"),
          got("bytes", "'tea'", "text is no bytes"),
          got("aByteString", "b'tea'"),
          got("aUuid", "str(uuid.UUID(int=1))"),
          got("aUuid", "'tea'", "the text of one"),
          got("aUri", "'http://localhost/'"),
          got("aPath", "'/srv'"),
          got("anEnum", "'RED'"),
          got("anEnum", "Colour.RED.name"),
          got("anEnum", "'PINK'", "a constant's name"),
          got("aNullable", "None"),
          got("anOptional", "'tea'"),
          got("anOptional", "None"),
          got("anOptionalInt", "7"),
          got("anOptionalLong", "None"),
          got("anOptionalDouble", "1.5"),
          got("aDateTime", "datetime.datetime(2020, 7, 11, 1, 16, 5, 344)"),
          got("aDateTime", "datetime.date(2020, 7, 11)", "a day is no time"),
          got("aDate", "datetime.date(2020, 7, 11)"),
          got("aTime", "datetime.time(1, 16)"),
          got("aDuration", "datetime.timedelta(hours=1)"),
          got("aYear", "2020"),
          got("aList", "[1, 2]"),
          got("aList", "(1, 2)", "goes back as a list"),
          got("aList", "[1, 'a']", "each member is looked at"),
          got("aDeque", "[1, 2]"),
          got("ints", "[1, 2]"),
          got("floats", "[1.5]"),
          got("strings", "['a']"),
          got("aListOfLists", "[[1.5]]"),
          got("aTuple", "(1, 'a')"),
          got("aTuple", "[1, 'a']", "a list is no tuple where `Tuple` is declared"),
          got("aSet", "{1, 2}"),
          got("aSet", "frozenset({1})", "goes back as a set"),
          got("aSet", "[1]", "a list is no set"),
          got("aSortedSet", "{2, 1}"),
          got("anEnumSet", "{'RED'}"),
          got("aSetOfLists", "{(1, 2)}"),
          got("aFrozenSet", "frozenset({1})"),
          got("aCollection", "[1]"),
          got("aCollection", "{1}"),
          got("aMap", "{'a': datetime.date(2020, 7, 11)}"),
          got("aSortedMap", "{'b': 1, 'a': 2}", "goes back in its own order"),
          got("anEnumMap", "{'RED': 1}"),
          got("aMapOfSets", "{frozenset({1}): 'x'}"),
          got("aRecord", "{'name': 'tea', 'cents': None}"),
          got("aRecord", "{'name': 'tea'}", "goes back with all its components"),
          got(
              "aRecord",
              "{'name': 'tea', 'cents': 1, 'x': 2}",
              "what it has no component for is lost"),
          got("aTupleRecord", "(1, 2)"),
          got("aTupleRecord", "[1, 2]", "goes back as a tuple"),
          got("aCopy", "Item('tea', 250)"),
          got("aCopy", "{'name': 'tea', 'cents': 250}", "goes back as a copy"),
          got("aReference", "Thing()"),
          got("anything", "[1]"));
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Python sources of {@code jelly.json} in Java, by the name of their vector. */
final class PythonValues {
  /** What Jelly sends: its whole list of plain values, in the order of the file. */
  static final Map<String, Supplier<@Nullable Object>> PLAIN = new LinkedHashMap<>();

  private PythonValues() {}

  private static void is(String name, @Nullable Object value) {
    made(name, () -> value);
  }

  private static void made(String name, Supplier<@Nullable Object> value) {
    if (PLAIN.put(name, value) != null) {
      throw new IllegalStateException(name + " is in the table twice");
    }
  }

  static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  /** A list that is nobody else's. */
  static List<@Nullable Object> list(@Nullable Object... members) {
    return new ArrayList<>(Arrays.asList(members));
  }

  static Map<@Nullable Object, @Nullable Object> dict(@Nullable Object... pairs) {
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      dict.put(pairs[i], pairs[i + 1]);
    }
    return dict;
  }

  static Set<@Nullable Object> set(@Nullable Object... members) {
    return new LinkedHashSet<>(Arrays.asList(members));
  }

  static Tuple tuple(@Nullable Object... members) {
    return Tuple.of(members);
  }

  static FrozenSet frozenset(@Nullable Object... members) {
    return FrozenSet.copyOf(Arrays.asList(members));
  }

  private static ByteString allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return ByteString.copyOf(bytes);
  }

  static {
    numbers();
    strings();
    containers();
    datesAndDecimals();
    shared();
    cycles();
  }

  private static void numbers() {
    is("none", null);
    is("true", true);
    is("false", false);
    is("int 0", 0L);
    is("int 1", 1L);
    is("int -1", -1L);
    is("int 2**31-1", 2147483647L);
    is("int 2**31", 2147483648L);
    is("int -2**31", -2147483648L);
    is("int -2**31-1", -2147483649L);
    is("int 2**63", BigInteger.TWO.pow(63));
    is("int -2**63", Long.MIN_VALUE);
    is("int 10**40", BigInteger.TEN.pow(40));
    is("int 2**448-1", BigInteger.TWO.pow(448).subtract(BigInteger.ONE));
    is("float 0.0", 0.0);
    is("float -0.0", -0.0);
    is("float 2.3", 2.3);
    is("float inf", Double.POSITIVE_INFINITY);
    is("float nan", Double.NaN);
    is("float integral", 3.0);
  }

  private static void strings() {
    is("bytes empty", ByteString.EMPTY);
    is("bytes", bytes("hello"));
    is("bytes all values", allBytes());
    is("bytes that look like an atom", bytes("list"));
    is("bytes None", bytes("None"));
    is("unicode empty", "");
    is("unicode ascii", "hello");
    is("unicode latin", "caf\u00e9");
    is("unicode bmp", "\u65e5\u672c\u8a9e");
    is("unicode astral", "\ud83e\uddf6");
    is("unicode astral mix", "a\ud83d\ude00b\udbff\udfff");
    is("unicode nul", "a\0b");
    is("unicode bom", "\ufeffx");
    is("unicode combining", "e\u0301");
    is("unicode noncharacter", "\uffff");
    is("unicode that names an atom", "None");
  }

  private static void containers() {
    is("list empty", list());
    is("list", list(1L, 2L, 3L));
    is("list nested", list(list(), list(list()), list(list(list()))));
    is("list mixed", list(null, true, 1L, 2.5, bytes("b"), "u", tuple(), dict()));
    is("list of bytes named list", list(bytes("list")));
    is("tuple empty", tuple());
    is("tuple", tuple(1L, "two", bytes("three")));
    is("tuple one", tuple(1L));
    is("tuple nested", tuple(tuple(1L, 2L), tuple(3L, tuple(4L))));
    is("dict empty", dict());
    is("dict text keys", dict("a", 1L, "b", "c"));
    is("dict bytes keys", dict(bytes("a"), 1L, bytes("b"), 2L));
    is("dict int keys", dict(1L, "one", -1L, "minus"));
    // In Python True is 1, so that its value replaces the one of 1.
    is(
        "dict mixed keys",
        dict(1L, "x", "a", "u", bytes("a"), "b", null, "n", 2.5, "f", tuple(1L, 2L), "t"));
    is("dict nested", dict("a", dict("b", dict("c", list()))));
    is("set empty", set());
    is("set one", set(1L));
    is("set ints", set(1L, 2L, 3L));
    is("set text", set("a"));
    is("frozenset empty", frozenset());
    is("frozenset", frozenset(1L, 2L, 3L));
    is("set of frozensets", set(frozenset(7L)));
    is("call arguments", tuple(1L, "two", bytes("three")));
    is("call without arguments", tuple());
    is("call keywords", dict("count", 12L, "name", "Bob"));
  }

  private static void datesAndDecimals() {
    is("datetime", LocalDateTime.of(2020, 7, 11, 1, 16, 5, 344_000));
    is("datetime microseconds", LocalDateTime.of(1999, 12, 31, 23, 59, 59, 999_999_000));
    is("datetime midnight", LocalDateTime.of(2000, 1, 1, 0, 0));
    is("datetime min", LocalDateTime.of(1, 1, 1, 0, 0));
    is("datetime max", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    is("datetime fold", LocalDateTime.of(2021, 10, 31, 2, 30));
    is("date", LocalDate.of(2020, 7, 11));
    is("date min", LocalDate.of(1, 1, 1));
    is("date max", LocalDate.of(9999, 12, 31));
    is("time", LocalTime.of(1, 16, 5, 344_000));
    is("time midnight", LocalTime.MIDNIGHT);
    is("time max", LocalTime.of(23, 59, 59, 999_999_000));
    is("timedelta", Duration.ofDays(8).plusHours(1).plusSeconds(5).plusNanos(344_000));
    is("timedelta zero", Duration.ZERO);
    is("timedelta minus one microsecond", Duration.ofNanos(-1000));
    is("timedelta min", Duration.ofDays(-999_999_999));
    is("timedelta max", Duration.ofDays(1_000_000_000).minusNanos(1000));
    is("decimal", new BigDecimal("9.95"));
    is("decimal zero", BigDecimal.ZERO);
    is("decimal minus zero", BigDecimal.ZERO);
    is("decimal integer", new BigDecimal(123456));
    is("decimal negative", new BigDecimal("-78.901"));
    is("decimal positive exponent", new BigDecimal("1E+10"));
    is("decimal zero with scale", new BigDecimal("0.000"));
    is("decimal trailing zeros", new BigDecimal("1.500"));
    is("decimal big", new BigDecimal("1".repeat(60) + "." + "9".repeat(40)));
  }

  private static void shared() {
    is("same text twice", list("x", "x"));
    is("same bytes twice", list(bytes("xxx"), bytes("xxx")));
    LocalDate date = LocalDate.of(2020, 1, 1);
    is("same datetime twice", list(date, date));
    is("same decimal twice", list(BigDecimal.ONE, BigDecimal.ONE));
    Object empty = list();
    is("shared list", list(empty, empty));
    Object one = list(1L);
    is("shared list thrice", list(one, one, one));
    is("equal but distinct lists", list(list(), list()));
    Object k = dict("k", 1L);
    is("shared dict in two lists", list(list(k), list(k)));
    Object dict = dict();
    is("shared dict in a tuple", tuple(dict, dict));
    Object pair = tuple(1L, 2L);
    is("shared tuple", list(pair, pair));
    is("empty tuple twice", list(tuple(), tuple()));
    is("equal but distinct tuples", list(tuple(1L), tuple(1L)));
    Object set = set(1L);
    is("shared set", list(set, set));
    Object frozen = frozenset(1L);
    is("shared frozenset", list(frozen, frozen));
    Object two = list(2L);
    is("reference numbering", list(one, two, two, one));
    Object both = list(empty, empty);
    is("shared inside shared", list(both, both));
    is("shared tuple as key and value", dict(pair, pair));
  }

  private static void cycles() {
    made("list containing itself", () -> selfContaining(0, 1));
    made("list containing itself twice", () -> selfContaining(0, 2));
    made(
        "list containing itself, then more",
        () -> {
          List<@Nullable Object> v = selfContaining(1, 1);
          v.add(2L);
          return v;
        });
    made(
        "dict containing itself",
        () -> {
          Map<@Nullable Object, @Nullable Object> v = dict();
          v.put("self", v);
          return v;
        });
    made("two lists containing each other", () -> mutual()[0]);
    made("two lists containing each other, both visible", () -> list(mutual()));
    made(
        "tuple cycle through a list",
        () -> {
          List<@Nullable Object> l = list();
          Tuple v = tuple(l);
          l.add(v);
          return v;
        });
    made(
        "tuple cycle, list outermost",
        () -> {
          List<@Nullable Object> v = list();
          v.add(tuple(v));
          return v;
        });
    made(
        "tuple in tuple cycle",
        () -> {
          List<@Nullable Object> l = list();
          Tuple v = tuple(l);
          l.add(tuple(v));
          return v;
        });
    made(
        "tuple, dict and list cycle",
        () -> {
          List<@Nullable Object> r = list();
          Tuple v = tuple(dict("list", r), r);
          r.add(v);
          return v;
        });
    made(
        "cycle of three",
        () -> {
          List<@Nullable Object> a = list();
          a.add(tuple(dict("a", a)));
          return a;
        });
  }

  private static List<@Nullable Object> selfContaining(int before, int times) {
    List<@Nullable Object> v = list();
    for (long i = 1; i <= before; i++) {
      v.add(i);
    }
    for (int i = 0; i < times; i++) {
      v.add(v);
    }
    return v;
  }

  private static Object[] mutual() {
    List<@Nullable Object> a = list();
    List<@Nullable Object> b = list(a);
    a.add(b);
    return new Object[] {a, b};
  }
}

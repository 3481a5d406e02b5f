// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.TypeRows.java;

import dev.spindle.interop.TypeRows.FromJava;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import dev.spindle.pb.jelly.Unpersistable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every type of Java that a program may think of sending, without saying more of it. */
final class JavaRows {
  private static final String BACK_LONG = "comes back as the widest";
  private static final String DECLARE = "travels where its type is declared: below";
  private static final String ZONE = "Twisted has no zones: say what stands for it by `converts`";
  private static final String NO_FORM = "no plain type, no reference, no copy";
  private static final String UNHASHABLE = "Python hashes nothing that can change: a `Tuple`";

  private static final LocalDateTime NANOS = LocalDateTime.of(2020, 7, 11, 1, 16, 5, 344_999);
  private static final Instant INSTANT = NANOS.toInstant(ZoneOffset.UTC);

  private JavaRows() {}

  static final List<FromJava> ALL =
      List.of(
          java(null),
          java(true),
          java((byte) 7, BACK_LONG),
          java((short) 7, BACK_LONG),
          java(7, BACK_LONG),
          java(7L),
          java(BigInteger.valueOf(7), "comes back as small as it is"),
          java(BigInteger.TWO.pow(63)),
          java(BigInteger.TWO.pow(448).subtract(BigInteger.ONE)),
          java(BigInteger.TWO.pow(448), "the limit is 448 bits"),
          java(1.5f, BACK_LONG),
          java(0.1f, "the same number, of which a `Double` shows more"),
          java(1.5),
          java(-0.0),
          java(Double.NaN),
          java(new BigDecimal("1.50")),
          java(new BigDecimal("1E+10")),
          java(new AtomicInteger(7), NO_FORM + ": send what it holds"),
          java("tea"),
          java("caf\u00e9 \ud83c\udf75"),
          java("\ud800", "half a character is none"),
          java('x', DECLARE),
          java(new StringBuilder("tea"), NO_FORM),
          java(ByteString.utf8("tea")),
          java(new byte[] {0, 1}, "comes back immutable"),
          java(new int[] {1, 2}, DECLARE),
          java(new float[] {1.5f}, DECLARE),
          java(new String[] {"a"}, DECLARE),
          java(new ArrayList<>(Arrays.asList(1L, null))),
          java(List.of(1L, "a"), "comes back as an `ArrayList`"),
          java(new LinkedList<>(List.of(1L)), "comes back as an `ArrayList`"),
          java(new ArrayDeque<>(List.of(1L)), DECLARE),
          java(Tuple.of(1L, "a")),
          java(new LinkedHashMap<>(Map.of("a", 1L))),
          java(new TreeMap<>(Map.of("b", 1L, "a", 2L)), "comes back as a `LinkedHashMap`"),
          java(Map.of(Tuple.of(1L, 2L), "x"), "comes back as a `LinkedHashMap`"),
          java(Map.of(List.of(1L, 2L), "x"), UNHASHABLE + ", or declare it"),
          java(Set.of(1L), "comes back as a `LinkedHashSet`"),
          java(new TreeSet<>(Set.of(2L, 1L)), "comes back as a `LinkedHashSet`, in Python's order"),
          java(
              new LinkedHashSet<>(List.of(1L, 1.0, BigDecimal.ONE)), "the three are one to Python"),
          java(Set.of(List.of(1L)), UNHASHABLE + ", or declare it"),
          java(FrozenSet.copyOf(List.of(1L, 2L))),
          java(twice()),
          java(inItself()),
          java(NANOS, "cut to microseconds"),
          java(LocalDate.of(2020, 7, 11)),
          java(LocalDate.of(10_000, 1, 1), "Python knows the years 1 to 9999"),
          java(NANOS.toLocalTime(), "cut to microseconds"),
          java(LocalTime.NOON),
          java(Duration.ofNanos(-1000)),
          java(Duration.ofNanos(1999), "cut to microseconds"),
          java(Duration.ofDays(1_000_000_000), "Python knows 999,999,999 days"),
          java(INSTANT, ZONE),
          java(OffsetDateTime.ofInstant(INSTANT, ZoneOffset.UTC), ZONE),
          java(ZonedDateTime.ofInstant(INSTANT, ZoneOffset.UTC), ZONE),
          java(Date.from(INSTANT), ZONE),
          java(Period.ofDays(1), NO_FORM),
          java(DayOfWeek.MONDAY, DECLARE),
          java(Optional.of("tea"), DECLARE),
          java(new Declared.Tea("tea", Optional.empty()), DECLARE),
          java(new Declared.Size(1, 2), DECLARE),
          java(new UUID(0, 1), DECLARE),
          java(URI.create("http://localhost/"), DECLARE),
          java(Path.of("/srv"), DECLARE),
          java(new Thing("tea")),
          java(Referenceable.of(Declared.Speaker.class, () -> "tea"), "comes home as the object"),
          new FromJava(Meeting::theirs, ""),
          java(new Declared.Item("tea", 250)),
          java(new Garden.Pond()),
          java(new Declared.Unknown(1), "a tag that Python has not registered is refused there"),
          java(new Unpersistable("it"), "a placeholder stands for nothing that could be sent"),
          java(new IllegalStateException("no"), "one that is thrown is an [error](errors.md)"),
          java(Stream.of(1), NO_FORM),
          java(new int[0].getClass(), "code does not travel"),
          java((Runnable) () -> {}, "code does not travel"),
          java(new Object(), NO_FORM));

  private static List<@Nullable Object> twice() {
    List<Object> one = new ArrayList<>(List.of(1L));
    return new ArrayList<>(List.of(one, one));
  }

  private static List<Object> inItself() {
    List<Object> list = new ArrayList<>(List.of(1L));
    list.add(list);
    return list;
  }
}

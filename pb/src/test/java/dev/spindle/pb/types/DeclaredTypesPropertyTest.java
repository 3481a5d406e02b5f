// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.BrokerPair;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import dev.spindle.pb.jelly.Unpersistable;
import dev.spindle.pb.types.AnyDeclared.Declared;
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
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for any declared type and any value. */
class DeclaredTypesPropertyTest {

  private static final class Echo implements Referenceable {
    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      return value;
    }
  }

  private static final BrokerSettings SETTINGS =
      BrokerSettings.DEFAULT.withTypes(AnyDeclared.TYPES);

  private final BrokerPair pair = BrokerPair.of(new Echo(), SETTINGS, SETTINGS);

  @Provide
  Arbitrary<Random> randoms() {
    return Arbitraries.randoms();
  }

  private static Converter converter(Declared declared) {
    Converters converters = AnyDeclared.TYPES.converters();
    return converters.of(declared.type());
  }

  @Property(tries = 1000)
  void anyValueOfItsTypeSurvivesTheWayThereAndBack(@ForAll("randoms") Random random) {
    Declared declared = new AnyDeclared(random).type(4);
    Object value = declared.values().get();
    Converter converter = converter(declared);
    Object back = converter.read(pair.call("echo", converter.write(value)));
    assertThat(back).as("%s", declared.type()).isEqualTo(value);
  }

  @Property(tries = 1000)
  void anyOtherValueIsRefusedAsAMismatch(@ForAll("randoms") Random random) {
    Declared declared = new AnyDeclared(random).type(3);
    Converter converter = converter(declared);
    Object wire = plain(random, 4);
    Object read;
    try {
      read = converter.read(wire);
    } catch (MismatchException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
      return;
    }
    // What was read is of the type, and so can be written.
    converter.write(read);
  }

  /** A value of the right type, with one part replaced by any other. */
  @Property(tries = 1000)
  void aWrongPartIsFoundByItsPath(@ForAll("randoms") Random random) {
    Declared declared = new AnyDeclared(random).type(4);
    Converter converter = converter(declared);
    Object wire = converter.write(declared.values().get());
    Object broken = broken(wire, random);
    try {
      converter.write(converter.read(broken));
    } catch (MismatchException refused) {
      assertThat(refused.about("it")).matches("(?s)it[\\[.].* .*|it .*");
    }
  }

  private static @Nullable Object broken(@Nullable Object wire, Random random) {
    if (wire instanceof Tuple tuple && !tuple.isEmpty()) {
      Object[] parts = tuple.toArray();
      int at = random.nextInt(parts.length);
      parts[at] = broken(parts[at], random);
      return Tuple.of(parts);
    }
    if (wire instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int at = random.nextInt(copy.size());
      copy.set(at, broken(copy.get(at), random));
      return copy;
    }
    if (wire instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>(map);
      Object key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
      copy.put(key, broken(copy.get(key), random));
      return copy;
    }
    return plain(random, 1);
  }

  /** Anything that can arrive. */
  private static @Nullable Object plain(Random random, int depth) {
    int kinds = depth > 0 ? 18 : 13;
    return switch (random.nextInt(kinds)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> (long) random.nextInt(200);
      case 4 -> BigInteger.TWO.pow(64 + random.nextInt(300));
      case 5 -> random.nextInt(3) == 0 ? Double.NaN : random.nextGaussian();
      case 6 -> random.nextBoolean() ? "PLAIN" : "x\0y";
      case 7 -> ByteString.utf8("bytes");
      case 8 -> LocalDate.EPOCH;
      case 9 -> LocalTime.NOON;
      case 10 -> LocalDateTime.MIN.withYear(1);
      case 11 -> Duration.ofDays(-3);
      case 12 -> random.nextBoolean() ? BigDecimal.ONE : new Unpersistable("why");
      case 13 -> list(random, depth);
      case 14 -> Tuple.of(list(random, depth).toArray());
      case 15 -> new LinkedHashSet<>(list(random, 0));
      case 16 -> FrozenSet.copyOf(list(random, 0));
      default -> attributes(random, depth);
    };
  }

  private static List<@Nullable Object> list(Random random, int depth) {
    List<@Nullable Object> members = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(plain(random, depth - 1));
    }
    return members;
  }

  private static Map<@Nullable Object, @Nullable Object> attributes(Random random, int depth) {
    List<Object> names =
        Arrays.asList("x", "name", "width", "items", "number", ByteString.utf8("best"), 5L, null);
    Map<@Nullable Object, @Nullable Object> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      attributes.put(names.get(random.nextInt(names.size())), plain(random, depth - 1));
    }
    return attributes;
  }

  /** Python's types, and what none of the declared types but its own takes. */
  @Example
  void everyWrongTypeIsNamedBesideTheRightOne() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("bool", true);
    values.put("int", 5L);
    values.put("float", 1.5);
    values.put("str", "text");
    values.put("bytes", ByteString.utf8("b"));
    values.put("list", new ArrayList<>(List.of(1L)));
    values.put("tuple", Tuple.of(1L));
    values.put("dict", new LinkedHashMap<>(Map.of("a", 1L)));
    values.put("set", new LinkedHashSet<>(Set.of(1L)));
    values.put("frozenset", FrozenSet.copyOf(List.of(1L)));
    values.put("datetime", LocalDateTime.MIN.withYear(1));
    values.put("date", LocalDate.EPOCH);
    values.put("time", LocalTime.NOON);
    values.put("timedelta", Duration.ZERO);
    values.put("Decimal", BigDecimal.ONE);

    refusals(values, "bool", Set.of("bool"), boolean.class, Boolean.class);
    refusals(
        values,
        "int",
        Set.of("int"),
        byte.class,
        Short.class,
        int.class,
        Long.class,
        BigInteger.class,
        java.util.OptionalInt.class,
        java.util.OptionalLong.class);
    refusals(
        values,
        "float",
        Set.of("int", "float"),
        double.class,
        Double.class,
        java.util.OptionalDouble.class);
    refusals(values, "float", Set.of("float"), float.class, Float.class);
    refusals(values, "str", Set.of("str"), String.class);
    refusals(values, "bytes", Set.of("bytes"), ByteString.class, byte[].class);
    refusals(values, "list", Set.of("list", "tuple"), List.class, ArrayList.class, long[].class);
    refusals(values, "tuple", Set.of("tuple"), Tuple.class);
    refusals(values, "dict", Set.of("dict"), Map.class, java.util.TreeMap.class);
    refusals(values, "set", Set.of("set", "frozenset"), Set.class, java.util.TreeSet.class);
    refusals(values, "frozenset", Set.of("frozenset"), FrozenSet.class);
    refusals(values, "datetime", Set.of("datetime"), LocalDateTime.class);
    refusals(values, "date", Set.of("date"), LocalDate.class);
    refusals(values, "time", Set.of("time"), LocalTime.class);
    refusals(values, "timedelta", Set.of("timedelta"), Duration.class);
    refusals(values, "Decimal", Set.of("int", "Decimal"), BigDecimal.class);
    refusals(values, "Point", Set.of("dict"), AnyDeclared.Point.class);
    refusals(values, "tuple", Set.of("list", "tuple"), AnyDeclared.Pair.class);
    refusals(values, "Circle or Square", Set.of(), AnyDeclared.Shape.class);
    refusals(values, "str", Set.of("str"), AnyDeclared.Fill.class, java.util.UUID.class);
  }

  private static void refusals(
      Map<String, Object> values, String wanted, Set<String> taken, Class<?>... types) {
    for (Class<?> type : types) {
      Converter converter = AnyDeclared.TYPES.converters().of(type);
      values.forEach(
          (found, value) -> {
            String why = refusal(converter, value);
            if (taken.contains(found)) {
              assertThat(why)
                  .as("%s for %s", found, type)
                  .doesNotContain("must be " + wanted + ",");
            } else {
              assertThat(why)
                  .as("%s for %s", found, type)
                  .isEqualTo("must be " + wanted + ", not " + found);
            }
          });
      if (!converter.isOptional()) {
        assertThat(refusal(converter, null)).isEqualTo("must be " + wanted + ", not None");
      }
    }
  }

  /** Why a value is refused, or nothing. */
  private static String refusal(Converter converter, @Nullable Object value) {
    try {
      converter.read(value);
      return "";
    } catch (MismatchException e) {
      return e.getMessage();
    }
  }
}

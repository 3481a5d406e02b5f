// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.banana.StrictBanana;
import dev.spindle.pb.banana.UnsendableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for any value of plain types, with whatever it shares and however it is knotted. */
class ValuePropertyTest {

  @Property(tries = 300)
  void anyValueSurvives(
      @ForAll("values") @Nullable Object value, @ForAll Dialect dialect, @ForAll Feeding feeding)
      throws RefusedValueException {
    Object read = Jelling.read(feeding.readOne(Jelling.written(value, dialect), dialect));
    assertThat(Shape.of(read)).isEqualTo(Shape.of(value));
  }

  @Property(tries = 300)
  void aStrictReaderTakesWhatIsWritten(
      @ForAll("values") @Nullable Object value, @ForAll Dialect dialect) {
    StrictJelly.check(StrictBanana.read(Jelling.written(value, dialect), dialect));
  }

  @Property(tries = 300)
  void whatIsReadIsWrittenAsItCame(@ForAll("values") @Nullable Object value)
      throws RefusedValueException {
    byte[] bytes = Jelling.written(value, Dialect.PB);
    assertThat(Jelling.written(Jelling.read(bytes, Dialect.PB), Dialect.PB)).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<@Nullable Object> values() {
    return Arbitraries.randoms().map(ValuePropertyTest::value);
  }

  private static @Nullable Object value(Random random) {
    Object value = new Graph(random, scalars()).root();
    while (!isReadByTwisted(value)) {
      value = new Graph(random, scalars()).root();
    }
    return value;
  }

  /** All but one shape are. */
  private static boolean isReadByTwisted(@Nullable Object value) {
    try {
      Jelling.written(value, Dialect.PB);
      return true;
    } catch (UnsendableException e) {
      assertThat(e).hasMessageContaining("holds itself and is mentioned again");
      return false;
    }
  }

  private static List<Arbitrary<?>> scalars() {
    return List.of(
        Arbitraries.of(true, false),
        Arbitraries.longs(),
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(440).negate(), BigInteger.TWO.pow(440))
            .filter(number -> number.bitLength() >= Long.SIZE),
        Arbitraries.doubles(),
        Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(30),
        Arbitraries.strings().withChars("🧶é\0").ofMaxLength(4).filter(ValuePropertyTest::isWhole),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(30).map(ByteString::copyOf),
        Arbitraries.of("list", "None", "reference", "remote").map(ByteString::utf8),
        Arbitraries.bigDecimals()
            .between(BigDecimal.TEN.pow(90).negate(), BigDecimal.TEN.pow(90))
            .ofScale(20),
        Arbitraries.longs().between(1, 3_652_058).map(days -> LocalDate.of(1, 1, 1).plusDays(days)),
        Arbitraries.longs()
            .between(0, 86_399_999_999L)
            .map(micros -> LocalTime.MIDNIGHT.plus(micros, ChronoUnit.MICROS)),
        Arbitraries.longs()
            .between(0, 300_000_000_000_000_000L)
            .map(micros -> LocalDateTime.of(1, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS)),
        Arbitraries.longs()
            .between(-(1L << 62), 1L << 62)
            .map(micros -> Duration.of(micros, ChronoUnit.MICROS)));
  }

  private static char[] surrogates() {
    char[] surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < surrogates.length; i++) {
      surrogates[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return surrogates;
  }

  private static boolean isWhole(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * A dozen containers that hold scalars and each other. Lists and dictionaries may hold any of
   * them, also themselves; tuples those made before them and any list, as in Python; sets only what
   * is hashable.
   */
  private static final class Graph {
    private static final int CONTAINERS = 12;

    private final Random random;
    private final List<Arbitrary<?>> scalars;
    private final List<List<@Nullable Object>> lists = new ArrayList<>();
    private final List<Map<@Nullable Object, @Nullable Object>> dicts = new ArrayList<>();
    private final List<@Nullable Object> hashable = new ArrayList<>();
    private final List<@Nullable Object> all = new ArrayList<>();

    Graph(Random random, List<Arbitrary<?>> scalars) {
      this.random = random;
      this.scalars = scalars;
    }

    @Nullable Object root() {
      for (int i = 0; i < CONTAINERS; i++) {
        all.add(container(random.nextInt(6)));
      }
      lists.forEach(list -> times(() -> list.add(anything())));
      dicts.forEach(dict -> times(() -> dict.put(key(), anything())));
      return random.nextInt(10) == 0 ? scalar() : pick(all);
    }

    private void times(Runnable task) {
      for (int i = random.nextInt(5); i > 0; i--) {
        task.run();
      }
    }

    private Object container(int kind) {
      switch (kind) {
        case 0, 1 -> {
          lists.add(new ArrayList<>());
          return lists.get(lists.size() - 1);
        }
        case 2 -> {
          dicts.add(new LinkedHashMap<>());
          return dicts.get(dicts.size() - 1);
        }
        case 3 -> {
          return Tuple.of(members(this::anything).toArray());
        }
        case 4 -> {
          Object made =
              random.nextBoolean()
                  ? Tuple.of(members(this::key).toArray())
                  : FrozenSet.copyOf(members(this::key));
          hashable.add(made);
          return made;
        }
        default -> {
          Set<@Nullable Object> set = new LinkedHashSet<>(members(this::key));
          return set;
        }
      }
    }

    private List<@Nullable Object> members(java.util.function.Supplier<@Nullable Object> source) {
      List<@Nullable Object> members = new ArrayList<>();
      times(() -> members.add(source.get()));
      return members;
    }

    private @Nullable Object anything() {
      return all.isEmpty() || random.nextInt(3) == 0 ? scalar() : pick(all);
    }

    private @Nullable Object key() {
      return hashable.isEmpty() || random.nextInt(3) > 0 ? scalar() : pick(hashable);
    }

    private @Nullable Object scalar() {
      int kind = random.nextInt(scalars.size() + 1);
      return kind == scalars.size() ? null : scalars.get(kind).sample();
    }

    private @Nullable Object pick(List<@Nullable Object> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Declared types at random, in any depth, and values of them. */
final class AnyDeclared {
  enum Fill {
    PLAIN,
    HATCHED
  }

  @Copyable("any.Point")
  record Point(int x, @Nullable String name) {}

  record Size(short width, float height, Optional<Fill> fill) {}

  @AsTuple
  record Pair(String first, Optional<Long> second) {}

  record Page<T>(List<T> items, int number, Optional<T> best) {}

  @Copyable("any.Box")
  record Box<T>(T content, List<T> more, byte count, Fill fill) {}

  sealed interface Shape {}

  @Copyable("any.Circle")
  record Circle(double radius) implements Shape {}

  @Copyable("any.Square")
  record Square(BigDecimal width) implements Shape {}

  static final Types TYPES =
      Types.builder()
          .copies(Point.class)
          .copies(Box.class)
          .copies(Circle.class)
          .copies(Square.class)
          .build();

  /** A type with values of it; {@code isHashed} when Python can have it as a key. */
  record Declared(DeclaredType type, boolean isHashed, Supplier<Object> values) {}

  private final Random random;

  AnyDeclared(Random random) {
    this.random = random;
  }

  /** Any type, in so many levels at most. */
  Declared type(int depth) {
    return type(depth, false);
  }

  private Declared type(int depth, boolean hashed) {
    Declared found;
    do {
      found = depth > 0 && random.nextInt(3) > 0 ? container(depth - 1) : scalar();
    } while (hashed && !found.isHashed());
    return found;
  }

  private static Declared of(Class<?> type, Supplier<Object> values) {
    return new Declared(DeclaredType.of(type), true, values);
  }

  private static DeclaredType of(Class<?> raw, Declared... arguments) {
    List<DeclaredType> types = new ArrayList<>();
    for (Declared argument : arguments) {
      types.add(argument.type());
    }
    return new DeclaredType(raw, types, false);
  }

  private Declared scalar() {
    List<Supplier<Declared>> all =
        List.of(
            () -> of(String.class, this::text),
            () -> of(int.class, random::nextInt),
            () -> of(Long.class, random::nextLong),
            () -> of(short.class, () -> (short) random.nextInt()),
            () -> of(Byte.class, () -> (byte) random.nextInt()),
            () -> of(double.class, random::nextGaussian),
            () -> of(Float.class, () -> (float) random.nextGaussian()),
            () -> of(boolean.class, random::nextBoolean),
            () -> of(char.class, () -> (char) ('a' + random.nextInt(26))),
            () -> of(BigInteger.class, () -> new BigInteger(447, random)),
            () -> of(BigDecimal.class, () -> new BigDecimal(new BigInteger(70, random), 7)),
            () -> of(ByteString.class, () -> ByteString.utf8(text())),
            () -> of(LocalDate.class, this::date),
            () -> of(LocalTime.class, this::time),
            () -> of(LocalDateTime.class, () -> date().atTime(time())),
            () -> of(Duration.class, () -> Duration.of(random.nextInt(), ChronoUnit.MILLIS)),
            () -> of(UUID.class, () -> new UUID(random.nextLong(), random.nextLong())),
            () -> of(URI.class, () -> URI.create("pb://host/" + random.nextInt())),
            () -> of(Path.class, () -> Path.of("/tmp", "p" + random.nextInt())),
            () -> of(Fill.class, this::fill),
            () -> of(Point.class, this::point),
            () -> of(Pair.class, () -> new Pair(text(), present(random::nextLong))),
            () -> of(Tuple.class, () -> Tuple.of(text(), random.nextLong())),
            () -> of(FrozenSet.class, () -> FrozenSet.copyOf(List.of(text()))),
            () -> unhashed(Size.class, () -> new Size((short) 3, 0.1f, present(this::fill))),
            () ->
                of(
                    Shape.class,
                    () -> random.nextBoolean() ? new Circle(0.5) : new Square(BigDecimal.TEN)),
            () ->
                of(
                    OptionalInt.class,
                    () -> random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(3)),
            () ->
                of(
                    OptionalLong.class,
                    () -> random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(1L << 40)),
            () ->
                of(
                    OptionalDouble.class,
                    () -> random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(1.5)));
    return all.get(random.nextInt(all.size())).get();
  }

  private static Declared unhashed(Class<?> type, Supplier<Object> values) {
    return new Declared(DeclaredType.of(type), false, values);
  }

  private Declared container(int depth) {
    return switch (random.nextInt(10)) {
      case 0 -> members(List.class, ArrayList::new, type(depth));
      case 1 -> members(Collection.class, ArrayList::new, type(depth));
      case 2 -> members(LinkedList.class, LinkedList::new, type(depth));
      case 3 -> members(Set.class, LinkedHashSet::new, type(depth, true));
      case 4 -> members(SortedSet.class, TreeSet::new, of(String.class, this::text));
      case 5 -> enums();
      case 6 -> optional(depth);
      case 7 -> maps(depth);
      case 8 -> page(type(depth));
      default -> box(type(depth));
    };
  }

  private Declared members(Class<?> raw, Supplier<Collection<Object>> maker, Declared member) {
    return new Declared(
        of(raw, member),
        member.isHashed() && raw != Collection.class,
        () -> {
          Collection<Object> members = maker.get();
          for (int i = random.nextInt(4); i > 0; i--) {
            members.add(member.values().get());
          }
          return members;
        });
  }

  private Declared enums() {
    return new Declared(
        of(EnumSet.class, of(Fill.class, this::fill)),
        true,
        () -> random.nextBoolean() ? EnumSet.allOf(Fill.class) : EnumSet.noneOf(Fill.class));
  }

  private Declared optional(int depth) {
    Declared present = type(depth);
    if (present.type().raw().getSimpleName().startsWith("Optional")) {
      return present; // None says only once that there is nothing
    }
    return new Declared(
        of(Optional.class, present), present.isHashed(), () -> present(present.values()));
  }

  private Declared maps(int depth) {
    Declared value = type(depth);
    if (random.nextInt(3) == 0) {
      return new Declared(
          of(EnumMap.class, of(Fill.class, this::fill), value),
          false,
          () -> new EnumMap<>(Map.of(fill(), value.values().get())));
    }
    boolean isSorted = random.nextBoolean();
    Declared key = isSorted ? of(Long.class, random::nextLong) : type(depth, true);
    return new Declared(
        of(isSorted ? NavigableMap.class : Map.class, key, value),
        false,
        () -> {
          Map<Object, Object> map = isSorted ? new TreeMap<>() : new LinkedHashMap<>();
          for (int i = random.nextInt(4); i > 0; i--) {
            map.put(key.values().get(), value.values().get());
          }
          return map;
        });
  }

  private Declared page(Declared item) {
    boolean mayBeAbsent = item.type().raw().getSimpleName().startsWith("Optional");
    return mayBeAbsent
        ? item
        : new Declared(
            of(Page.class, item),
            false,
            () ->
                new Page<>(List.of(item.values().get()), random.nextInt(), present(item.values())));
  }

  private Declared box(Declared content) {
    return new Declared(
        of(Box.class, content),
        content.isHashed(),
        () -> new Box<>(content.values().get(), List.of(content.values().get()), (byte) 3, fill()));
  }

  // ---- values ----

  private <T> Optional<T> present(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private String text() {
    return random.nextInt(5) == 0 ? "" : Integer.toString(random.nextInt(), 36) + "é🧶";
  }

  private Fill fill() {
    return Fill.values()[random.nextInt(2)];
  }

  private Point point() {
    return new Point(random.nextInt(), random.nextBoolean() ? null : text());
  }

  private LocalDate date() {
    return LocalDate.of(1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private LocalTime time() {
    return LocalTime.ofSecondOfDay(random.nextInt(86_400)).plusNanos(1000L * random.nextInt(1000));
  }
}

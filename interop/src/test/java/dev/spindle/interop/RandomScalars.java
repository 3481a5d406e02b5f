// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.banana.ByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random values without members that Java and Python can both hold, their ends more often than
 * chance would have them. {@code randoms.py} makes the same kinds.
 */
final class RandomScalars {
  private static final int KINDS = 13;
  private static final int LARGEST_BITS = 448;
  private static final int LONG_TEXT = 3_000;
  private static final int NANOS_A_MICRO = 1_000;
  private static final int SECONDS_A_DAY = 86_400;
  private static final long MAX_DAYS = 999_999_999;
  private static final int LAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay();
  private static final int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay();
  private static final int ASTRAL = 0x10000;
  private static final int LAST_CHARACTER = 0x10FFFF;

  private static final List<Double> FLOAT_ENDS =
      List.of(
          0.0,
          -0.0,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE,
          Double.MAX_VALUE);

  private final Random random;

  RandomScalars(Random random) {
    this.random = random;
  }

  @Nullable Object next() {
    return switch (random.nextInt(KINDS)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> small();
      case 3 -> integer();
      case 4 -> floating();
      case 5 -> text();
      case 6 -> bytes();
      case 7 -> decimal();
      case 8 -> day();
      case 9 -> clock();
      case 10 -> LocalDateTime.of(day(), clock());
      case 11 -> duration();
      default -> likeAnAtom();
    };
  }

  private boolean rarely() {
    return random.nextInt(6) == 0;
  }

  private Object small() {
    return switch (random.nextInt(4)) {
      case 0 -> (byte) random.nextInt();
      case 1 -> (short) random.nextInt();
      case 2 -> random.nextInt();
      default -> random.nextLong() >> random.nextInt(Long.SIZE);
    };
  }

  /** Of any length, and beside each power of two. */
  private BigInteger integer() {
    BigInteger power =
        BigInteger.TWO.pow(rarely() ? LARGEST_BITS : 1 + random.nextInt(LARGEST_BITS));
    BigInteger most = power.subtract(BigInteger.ONE);
    BigInteger number = rarely() ? most : new BigInteger(most.bitLength(), random);
    return random.nextBoolean() ? number : number.negate();
  }

  private Object floating() {
    if (rarely()) {
      return FLOAT_ENDS.get(random.nextInt(FLOAT_ENDS.size()));
    }
    return switch (random.nextInt(3)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextFloat();
      default -> random.nextInt(2_000) / 8.0 - 100;
    };
  }

  private String text() {
    int length = random.nextInt(LONG_TEXT) == 0 ? LONG_TEXT : random.nextInt(12);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(character());
    }
    return text.toString();
  }

  private int character() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(' ');
      case 1 -> ASTRAL + random.nextInt(LAST_CHARACTER - ASTRAL + 1);
      case 2 -> random.nextInt(Character.MIN_SURROGATE);
      case 3 -> Character.MAX_SURROGATE + 1 + random.nextInt(ASTRAL - 1 - Character.MAX_SURROGATE);
      default -> ' ' + random.nextInt('~' - ' ');
    };
  }

  private Object bytes() {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }

  private ByteString likeAnAtom() {
    List<String> atoms = List.of("None", "list", "tuple", "reference", "dereference", "remote");
    return ByteString.utf8(atoms.get(random.nextInt(atoms.size())));
  }

  private BigDecimal decimal() {
    return new BigDecimal(integer(), random.nextInt(60) - 20);
  }

  private LocalDate day() {
    if (rarely()) {
      return LocalDate.ofEpochDay(random.nextBoolean() ? FIRST_DAY : LAST_DAY);
    }
    return LocalDate.ofEpochDay(FIRST_DAY + random.nextInt(LAST_DAY - FIRST_DAY + 1));
  }

  private LocalTime clock() {
    if (rarely()) {
      return random.nextBoolean() ? LocalTime.MIDNIGHT : LocalTime.of(23, 59, 59, 999_999_000);
    }
    return LocalTime.ofSecondOfDay(random.nextInt(SECONDS_A_DAY)).withNano(micros());
  }

  private int micros() {
    return NANOS_A_MICRO * random.nextInt(1_000_000);
  }

  private Duration duration() {
    long days = rarely() ? MAX_DAYS : random.nextLong(MAX_DAYS);
    return Duration.ofDays(random.nextBoolean() ? days : -days)
        .plusSeconds(random.nextInt(SECONDS_A_DAY))
        .plusNanos(micros());
  }
}

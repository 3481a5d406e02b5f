// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Dates and times as the wire has them: decimal integers separated by single spaces, no zone,
 * microseconds. What is finer than a microsecond is cut off.
 *
 * <p>Source: reference, section 5.4.
 */
final class Dates {
  private static final int MIN_YEAR = 1;
  private static final int MAX_YEAR = 9999;
  private static final long MAX_DAYS = 999_999_999;
  private static final int SECONDS_A_DAY = 86_400;
  private static final int NANOS_A_MICRO = 1_000;
  private static final long MICROS_A_SECOND = 1_000_000;

  /** Longest text read, in bytes; no date that Python writes comes near. */
  private static final int MAX_BYTES = 256;

  private Dates() {}

  static boolean isDate(Object value) {
    return value instanceof LocalDateTime
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof Duration;
  }

  static String format(LocalDateTime time) {
    return format(time.toLocalDate()) + " " + format(time.toLocalTime());
  }

  static String format(LocalDate date) {
    if (date.getYear() < MIN_YEAR || date.getYear() > MAX_YEAR) {
      throw new UnsendableException("year " + date.getYear() + ": Python knows 1 to 9999");
    }
    return date.getYear() + " " + date.getMonthValue() + " " + date.getDayOfMonth();
  }

  static String format(LocalTime time) {
    return time.getHour()
        + " "
        + time.getMinute()
        + " "
        + time.getSecond()
        + " "
        + time.getNano() / NANOS_A_MICRO;
  }

  static String format(Duration duration) {
    long days = Math.floorDiv(duration.getSeconds(), SECONDS_A_DAY);
    if (Math.abs(days) > MAX_DAYS) {
      throw new UnsendableException(
          "a duration of " + days + " days: Python knows up to " + MAX_DAYS);
    }
    return days
        + " "
        + Math.floorMod(duration.getSeconds(), SECONDS_A_DAY)
        + " "
        + duration.getNano() / NANOS_A_MICRO;
  }

  static LocalDateTime datetime(ByteString text) throws RefusedValueException {
    long[] f = fields("datetime", text, 3, 7);
    return inRange(
        "datetime",
        text,
        () ->
            LocalDateTime.of(
                date(f), LocalTime.of(field(f, 3), field(f, 4), field(f, 5), nanos(field(f, 6)))));
  }

  static LocalDate date(ByteString text) throws RefusedValueException {
    long[] f = fields("date", text, 3, 3);
    return inRange("date", text, () -> date(f));
  }

  static LocalTime time(ByteString text) throws RefusedValueException {
    long[] f = fields("time", text, 0, 4);
    return inRange(
        "time",
        text,
        () -> LocalTime.of(field(f, 0), field(f, 1), field(f, 2), nanos(field(f, 3))));
  }

  static Duration timedelta(ByteString text) throws RefusedValueException {
    long[] f = fields("timedelta", text, 3, 3);
    return inRange(
        "timedelta",
        text,
        () -> {
          Duration sum =
              Duration.ofDays(f[0])
                  .plusSeconds(f[1])
                  .plusSeconds(Math.floorDiv(f[2], MICROS_A_SECOND))
                  .plusNanos(Math.floorMod(f[2], MICROS_A_SECOND) * NANOS_A_MICRO);
          if (Math.abs(Math.floorDiv(sum.getSeconds(), SECONDS_A_DAY)) > MAX_DAYS) {
            throw new DateTimeException("more than " + MAX_DAYS + " days");
          }
          return sum;
        });
  }

  private static LocalDate date(long[] f) {
    int year = field(f, 0);
    if (year < MIN_YEAR || year > MAX_YEAR) {
      throw new DateTimeException("year " + year);
    }
    return LocalDate.of(year, field(f, 1), field(f, 2));
  }

  private static int field(long[] fields, int index) {
    return index < fields.length ? Math.toIntExact(fields[index]) : 0;
  }

  private static int nanos(int micros) {
    if (micros < 0 || micros >= MICROS_A_SECOND) {
      throw new DateTimeException("microsecond " + micros);
    }
    return micros * NANOS_A_MICRO;
  }

  private static long[] fields(String kind, ByteString text, int least, int most)
      throws RefusedValueException {
    if (text.size() > MAX_BYTES) {
      throw new RefusedValueException(
          Fault.VALUE, kind + " of " + text.size() + " bytes: expected at most " + MAX_BYTES);
    }
    // Not UTF-8: whatever is not an ASCII digit is refused below, and told as it is.
    String trimmed = new String(text.toByteArray(), StandardCharsets.ISO_8859_1).strip();
    String[] words = trimmed.isEmpty() ? new String[0] : trimmed.split(" +");
    if (words.length < least || words.length > most) {
      throw new RefusedValueException(
          kind.equals("timedelta") ? Fault.VALUE : Fault.TYPE,
          kind
              + " "
              + text
              + " has "
              + words.length
              + " fields: expected "
              + least
              + " to "
              + most);
    }
    long[] fields = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      try {
        fields[i] = Long.parseLong(words[i]);
      } catch (NumberFormatException e) {
        throw new RefusedValueException(
            Fault.VALUE, kind + " " + text + ": expected whole numbers");
      }
    }
    return fields;
  }

  private interface Maker<T> {
    T make();
  }

  private static <T> T inRange(String kind, ByteString text, Maker<T> maker)
      throws RefusedValueException {
    try {
      return maker.make();
    } catch (DateTimeException | ArithmeticException e) {
      throw new RefusedValueException(
          Fault.VALUE, kind + " " + text + " is out of range: " + e.getMessage());
    }
  }
}

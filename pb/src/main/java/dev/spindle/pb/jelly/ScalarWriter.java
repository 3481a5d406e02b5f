// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaHead;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Writes the plain types without members. */
final class ScalarWriter {
  /** What text begins with: a list of two, the first of which says what the other is. */
  private static final BananaHead TEXT = BananaHead.of(2, Atoms.UNICODE);

  private ScalarWriter() {}

  static boolean isScalar(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof ByteString
        || value instanceof byte[]
        || Dates.isDate(value);
  }

  /** Writes a scalar; false when the value is none. */
  static boolean put(@Nullable Object value, BananaWriter out) {
    if (value == null) {
      out.list(1);
      out.string(Atoms.NONE);
    } else if (value instanceof String text) {
      out.head(TEXT);
      out.utf8(text);
    } else if (value instanceof Number number) {
      putNumber(number, out);
    } else if (value instanceof Boolean truth) {
      out.list(2);
      out.string(Atoms.BOOLEAN);
      out.string(truth ? Atoms.TRUE : Atoms.FALSE);
    } else if (value instanceof ByteString string) {
      out.string(string);
    } else if (value instanceof byte[] bytes) {
      out.bytes(bytes);
    } else if (Dates.isDate(value)) {
      putDate(value, out);
    } else {
      return false;
    }
    return true;
  }

  private static void putNumber(Number number, BananaWriter out) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      out.integer(number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      out.floating(number.doubleValue());
    } else if (number instanceof BigInteger big) {
      out.integer(big);
    } else if (number instanceof BigDecimal decimal) {
      out.list(3);
      out.string(Atoms.DECIMAL);
      out.integer(decimal.unscaledValue());
      out.integer(-(long) decimal.scale());
    } else {
      throw new UnsendableException(
          "a number of " + number.getClass().getName() + " has no form in Python");
    }
  }

  private static void putDate(Object value, BananaWriter out) {
    out.list(2);
    if (value instanceof LocalDateTime time) {
      out.string(Atoms.DATETIME);
      out.utf8(Dates.format(time));
    } else if (value instanceof LocalDate date) {
      out.string(Atoms.DATE);
      out.utf8(Dates.format(date));
    } else if (value instanceof LocalTime time) {
      out.string(Atoms.TIME);
      out.utf8(Dates.format(time));
    } else {
      out.string(Atoms.TIMEDELTA);
      out.utf8(Dates.format((Duration) value));
    }
  }
}

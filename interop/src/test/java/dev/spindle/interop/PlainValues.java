// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.ValueCase.value;

import dev.spindle.pb.banana.ByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** Values without members: each kind, and its ends. */
final class PlainValues {
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger LARGEST = TWO.pow(448).subtract(BigInteger.ONE);

  private PlainValues() {}

  static final List<ValueCase> INTEGERS =
      List.of(
          value("None", null, "None"),
          value("true", true, "True"),
          value("false", false, "False"),
          value("int 0", 0, "0"),
          value("a Java byte", (byte) -128, "-128"),
          value("a Java short", (short) 32767, "32767"),
          value("one prefix byte", 127, "127"),
          value("two prefix bytes", 128, "128"),
          value("-1", -1L, "-1"),
          value("largest small int", 2147483647L, "2**31 - 1"),
          value("smallest large int", 2147483648L, "2**31"),
          value("least small int", -2147483648L, "-2**31"),
          value("below it", -2147483649L, "-2**31 - 1"),
          value("largest long", Long.MAX_VALUE, "2**63 - 1"),
          value("least long", Long.MIN_VALUE, "-2**63"),
          value("beyond long", TWO.pow(63), "2**63"),
          value("below long", TWO.pow(63).negate().subtract(BigInteger.ONE), "-2**63 - 1"),
          value("largest integer of all", LARGEST, "2**448 - 1"),
          value("least integer of all", LARGEST.negate(), "-2**448 + 1"));

  static final List<ValueCase> FLOATS =
      List.of(
          value("a whole float", 3.0, "3.0"),
          value("a Java float", 1.5f, "1.5"),
          value("minus zero", -0.0, "-0.0"),
          value("smallest float", Double.MIN_VALUE, "5e-324"),
          value("largest float", Double.MAX_VALUE, "1.7976931348623157e308"),
          value("infinity", Double.POSITIVE_INFINITY, "math.inf"),
          value("minus infinity", Double.NEGATIVE_INFINITY, "-math.inf"),
          value("NaN", Double.NaN, "math.nan"),
          value(
              "a NaN with sign and payload",
              Double.longBitsToDouble(0xfff8_0000_0000_0123L),
              "float_of('fff8000000000123')"));

  static final List<ValueCase> STRINGS =
      List.of(
          value("no text", "", "''"),
          value("text", "hello", "'hello'"),
          value("text like an atom", "None", "'None'"),
          value("Latin text", "naïve", "'na\\u00efve'"),
          value("a zero character", "a\0b", "'a\\0b'"),
          value("two ways to write é", "\u00e9 e\u0301", "'\\u00e9 e\\u0301'"),
          value("a byte order mark", "\ufeffx", "'\\ufeffx'"),
          value("astral text", "\ud83d\ude80 \ud834\udd1e", "'\\U0001f680 \\U0001d11e'"),
          value("last character of all", "\udbff\udfff", "'\\U0010ffff'"),
          value("long text", "spindle ".repeat(1000), "'spindle ' * 1000"),
          value("no bytes", ByteString.EMPTY, "b''"),
          value("bytes", new byte[] {0, (byte) 0xff, 'a'}, "b'\\x00\\xffa'"),
          value("bytes like a word", bytes("list"), "b'list'"),
          value("bytes like a command", bytes("message"), "b'message'"),
          value("every byte", everyByte(), "bytes(range(256)) * 4"));

  static final List<ValueCase> DATES =
      List.of(
          value("date", LocalDate.of(2020, 7, 11), "datetime.date(2020, 7, 11)"),
          value("first date", LocalDate.of(1, 1, 1), "datetime.date.min"),
          value("last date", LocalDate.of(9999, 12, 31), "datetime.date.max"),
          value(
              "datetime",
              LocalDateTime.of(2020, 7, 11, 1, 16, 5, 344_000),
              "datetime.datetime(2020, 7, 11, 1, 16, 5, 344)"),
          value(
              "last datetime",
              LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
              "datetime.datetime.max"),
          value("midnight", LocalTime.MIDNIGHT, "datetime.time(0, 0)"),
          value("time", LocalTime.of(1, 16, 5, 999_999_000), "datetime.time(1, 16, 5, 999999)"),
          value("no time at all", Duration.ZERO, "datetime.timedelta(0)"),
          value(
              "a microsecond back", Duration.ofNanos(-1000), "datetime.timedelta(microseconds=-1)"),
          value(
              "longest timedelta",
              Duration.ofDays(999_999_999).plusSeconds(86_399).plusNanos(999_999_000),
              "datetime.timedelta.max"),
          value("longest timedelta back", Duration.ofDays(-999_999_999), "datetime.timedelta.min"));

  static final List<ValueCase> DECIMALS =
      List.of(
          value("decimal", new BigDecimal("9.95"), "Decimal('9.95')"),
          value("decimal with zeros behind", new BigDecimal("1.500"), "Decimal('1.500')"),
          value("decimal with an exponent", new BigDecimal("1E+10"), "Decimal('1E+10')"),
          value("decimal zero with scale", new BigDecimal("0.000"), "Decimal('0.000')"),
          value("decimal below zero", new BigDecimal("-7"), "Decimal('-7')"),
          value(
              "decimal of 50 digits",
              new BigDecimal("12345678901234567890123456789012345678901234567.890"),
              "Decimal('12345678901234567890123456789012345678901234567.890')"));

  private static ByteString bytes(String ascii) {
    return ByteString.copyOf(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteString everyByte() {
    byte[] bytes = new byte[1024];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return ByteString.copyOf(bytes);
  }
}

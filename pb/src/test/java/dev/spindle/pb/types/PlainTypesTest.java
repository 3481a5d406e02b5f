// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTypesTest {
  private static final BigInteger HUGE = BigInteger.TWO.pow(80);

  static Stream<Arguments> taken() {
    return Stream.of(
        Arguments.of(5L, long.class, 5L),
        Arguments.of(5L, Long.class, 5L),
        Arguments.of(5L, int.class, 5),
        Arguments.of(-2147483648L, Integer.class, -2147483648),
        Arguments.of(32767L, short.class, (short) 32767),
        Arguments.of(-128L, byte.class, (byte) -128),
        Arguments.of(5L, double.class, 5.0),
        Arguments.of(5L, Double.class, 5.0),
        Arguments.of(1L << 53, double.class, 9007199254740992.0),
        Arguments.of(5L, BigInteger.class, BigInteger.valueOf(5)),
        Arguments.of(HUGE, BigInteger.class, HUGE),
        Arguments.of(5L, Number.class, 5L),
        Arguments.of(5L, Object.class, 5L),
        Arguments.of(1.5, double.class, 1.5),
        Arguments.of(1.5, float.class, 1.5f),
        Arguments.of(1.5, Float.class, 1.5f),
        Arguments.of(0.1, float.class, 0.1f),
        Arguments.of(Double.NEGATIVE_INFINITY, float.class, Float.NEGATIVE_INFINITY),
        Arguments.of(true, boolean.class, true),
        Arguments.of(true, Boolean.class, true),
        Arguments.of("text", String.class, "text"),
        Arguments.of("text", CharSequence.class, "text"),
        Arguments.of(ByteString.utf8("b"), ByteString.class, ByteString.utf8("b")),
        Arguments.of(ByteString.utf8("b"), byte[].class, new byte[] {'b'}),
        Arguments.of(Tuple.of(1L), List.class, Tuple.of(1L)),
        Arguments.of(Tuple.of(1L), Tuple.class, Tuple.of(1L)),
        Arguments.of(new ArrayList<>(List.of(1L)), List.class, List.of(1L)),
        Arguments.of(new LinkedHashMap<>(Map.of(1L, 2L)), Map.class, Map.of(1L, 2L)),
        Arguments.of(new LinkedHashSet<>(Set.of(1L)), Set.class, Set.of(1L)),
        Arguments.of(FrozenSet.copyOf(List.of(1L)), Set.class, Set.of(1L)),
        Arguments.of(Duration.ZERO, Duration.class, Duration.ZERO),
        Arguments.of(5L, BigDecimal.class, BigDecimal.valueOf(5)),
        Arguments.of(HUGE, BigDecimal.class, new BigDecimal(HUGE)),
        Arguments.of(BigDecimal.ONE, BigDecimal.class, BigDecimal.ONE));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void itIsTaken(Object value, Class<?> type, Object expected) {
    assertThat(PlainTypes.convert(value, type)).isEqualTo(expected);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("text", ByteString.class, "must be bytes, not str"),
        Arguments.of("text", byte[].class, "must be bytes, not str"),
        Arguments.of(ByteString.utf8("b"), String.class, "must be str, not bytes"),
        Arguments.of(5L, String.class, "must be str, not int"),
        Arguments.of(5L, boolean.class, "must be bool, not int"),
        Arguments.of(true, int.class, "must be int, not bool"),
        Arguments.of(true, double.class, "must be float, not bool"),
        Arguments.of(5L, Duration.class, "must be timedelta, not int"),
        Arguments.of(0.1, BigDecimal.class, "must be Decimal, not float"),
        Arguments.of("5", BigDecimal.class, "must be Decimal, not str"),
        Arguments.of(1.5, long.class, "must be int, not float"),
        Arguments.of(1.5, BigInteger.class, "must be int, not float"),
        Arguments.of("1.5", Float.class, "must be float, not str"),
        Arguments.of(1e300, Float.class, "1.0E300 does not fit float"),
        Arguments.of((1L << 53) + 1, double.class, "9007199254740993 does not fit double"),
        Arguments.of(2147483648L, int.class, "2147483648 does not fit int"),
        Arguments.of(32768L, Short.class, "32768 does not fit short"),
        Arguments.of(128L, byte.class, "128 does not fit byte"),
        Arguments.of(HUGE, long.class, "is an integer that does not fit long"),
        Arguments.of(HUGE, Integer.class, "is an integer that does not fit int"),
        Arguments.of(HUGE, double.class, "must be float, not int"),
        Arguments.of(HUGE, String.class, "must be str, not int"),
        Arguments.of(List.of(), Tuple.class, "must be tuple, not list"),
        Arguments.of(List.of(), Set.class, "must be set, not list"),
        Arguments.of(Set.of(), FrozenSet.class, "must be frozenset, not set"),
        Arguments.of(Map.of(), List.class, "must be list, not dict"),
        Arguments.of(Tuple.of(), Map.class, "must be dict, not tuple"),
        Arguments.of(FrozenSet.copyOf(List.of()), List.class, "must be list, not frozenset"),
        Arguments.of(LocalDate.of(2020, 1, 1), LocalDateTime.class, "must be datetime, not date"),
        Arguments.of(LocalTime.MIDNIGHT, LocalDate.class, "must be date, not time"),
        Arguments.of("x", RemoteReference.class, "must be a reference, not str"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void itIsRefusedAndSaysWhatWasExpected(Object value, Class<?> type, String why) {
    assertThatThrownBy(() -> PlainTypes.convert(value, type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }
}

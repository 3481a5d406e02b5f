// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import dev.spindle.pb.jelly.Unpersistable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value as text: its types, its members, and which of them are one object. {@code describe.py}
 * writes the same text for the same value.
 */
public final class Description {
  private final Map<Object, Integer> met = new IdentityHashMap<>();

  private Description() {}

  public static String of(@Nullable Object value) {
    return new Description().describe(value);
  }

  private String describe(@Nullable Object value) {
    String scalar = scalar(value);
    if (scalar != null) {
      return scalar;
    }
    if (value instanceof Thing thing) {
      return "own(" + thing.name() + ")";
    }
    if (value instanceof Lab) {
      return "own(lab)";
    }
    if (value instanceof Tuple tuple && tuple.isEmpty()) {
      return "tuple[]";
    }
    Integer known = met.get(value);
    if (known != null) {
      return "@" + known;
    }
    met.put(value, met.size() + 1);
    int number = met.size();
    if (value instanceof RemoteReference) {
      return "reference@" + number;
    }
    if (value instanceof Map<?, ?> map) {
      return "dict@" + number + pairs(map);
    }
    if (value instanceof Collection<?> members) {
      return kind(members) + "@" + number + members(members);
    }
    return value.getClass().getName() + "?";
  }

  private static String kind(Collection<?> members) {
    if (members instanceof FrozenSet) {
      return "frozenset";
    }
    return members instanceof Set ? "set" : members instanceof Tuple ? "tuple" : "list";
  }

  private String members(Collection<?> members) {
    return members instanceof Set
        ? members.stream().map(Description::of).sorted().collect(IN_BRACKETS)
        : members.stream().map(this::describe).collect(IN_BRACKETS);
  }

  private String pairs(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(e -> describe(e.getKey()) + ": " + describe(e.getValue()))
        .collect(IN_BRACKETS);
  }

  private static final java.util.stream.Collector<CharSequence, ?, String> IN_BRACKETS =
      Collectors.joining(", ", "[", "]");

  private static @Nullable String scalar(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean truth) {
      return truth ? "bool True" : "bool False";
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof ByteString bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes.toByteArray());
    }
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    return value instanceof Unpersistable ? "unpersistable" : date(value);
  }

  private static String number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return "float "
          + HexFormat.of().toHexDigits(Double.doubleToRawLongBits(number.doubleValue()));
    }
    return number instanceof BigDecimal decimal
        ? "Decimal " + decimal.unscaledValue() + " " + -(long) decimal.scale()
        : "int " + number;
  }

  private static String text(String text) {
    StringBuilder shown = new StringBuilder("str'");
    text.codePoints()
        .forEach(
            c -> {
              if (c >= ' ' && c <= '~' && c != '\'' && c != '\\') {
                shown.append((char) c);
              } else {
                shown.append("\\{").append(Integer.toHexString(c)).append('}');
              }
            });
    return shown.append('\'').toString();
  }

  private static @Nullable String date(Object value) {
    if (value instanceof LocalDateTime time) {
      return "datetime " + day(time.toLocalDate()) + " " + clock(time.toLocalTime());
    }
    if (value instanceof LocalDate day) {
      return "date " + day(day);
    }
    if (value instanceof LocalTime time) {
      return "time " + clock(time);
    }
    if (value instanceof Duration delta) {
      long seconds = delta.getSeconds();
      return "timedelta "
          + Math.floorDiv(seconds, 86_400)
          + " "
          + Math.floorMod(seconds, 86_400)
          + " "
          + delta.getNano() / 1000;
    }
    return null;
  }

  private static String day(LocalDate day) {
    return day.getYear() + " " + day.getMonthValue() + " " + day.getDayOfMonth();
  }

  private static String clock(LocalTime time) {
    return time.getHour()
        + " "
        + time.getMinute()
        + " "
        + time.getSecond()
        + " "
        + time.getNano() / 1000;
  }
}

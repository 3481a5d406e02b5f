// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import dev.spindle.pb.jelly.Unpersistable;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Jelly reads as a plain type into what a Java parameter wants. Widens, never narrows in
 * silence: an integer that does not fit is refused, and a float only rounded. Text and byte strings
 * are never mistaken for each other.
 */
public final class PlainTypes {
  private static final Set<Class<?>> ALL =
      Set.of(
          String.class,
          CharSequence.class,
          ByteString.class,
          byte[].class,
          Boolean.class,
          Number.class,
          Comparable.class,
          Long.class,
          Integer.class,
          Short.class,
          Byte.class,
          Double.class,
          Float.class,
          BigInteger.class,
          BigDecimal.class,
          LocalDateTime.class,
          LocalDate.class,
          LocalTime.class,
          Duration.class,
          Tuple.class,
          FrozenSet.class,
          Unpersistable.class);

  private PlainTypes() {}

  /** Whether values of a type travel as they are. */
  static boolean isPlain(Class<?> type) {
    return type.isPrimitive() ? type != char.class && type != void.class : ALL.contains(type);
  }

  /**
   * @throws MismatchException "must be str, not int"
   */
  public static Object convert(Object value, Class<?> type) {
    if (type.isInstance(value)) {
      return value;
    }
    Object converted = value instanceof Number number ? number(number, type) : other(value, type);
    if (converted == null) {
      throw new MismatchException(
          "must be " + pythonName(type) + ", not " + pythonName(value.getClass()));
    }
    return converted;
  }

  private static @Nullable Object other(Object value, Class<?> type) {
    if (value instanceof Boolean && type == boolean.class) {
      return value;
    }
    if (value instanceof ByteString bytes && type == byte[].class) {
      return bytes.toByteArray();
    }
    return null;
  }

  private static @Nullable Object number(Number value, Class<?> type) {
    if (value instanceof Long number) {
      return integer(number, type);
    }
    if (value instanceof Double number) {
      return floating(number, type);
    }
    if (type.isPrimitive() && value.getClass() == MethodType.methodType(type).wrap().returnType()) {
      return value; // narrow already: the part of a copy
    }
    if (value instanceof BigInteger number && type == BigDecimal.class) {
      return new BigDecimal(number);
    }
    if (value instanceof BigInteger && isInteger(type)) {
      throw new MismatchException("is an integer that does not fit " + primitive(type));
    }
    return null;
  }

  private static @Nullable Object floating(double value, Class<?> type) {
    if (type == double.class) {
      return value;
    }
    if (type == float.class || type == Float.class) {
      refuseMisfit(value, !Double.isFinite(value) || Float.isFinite((float) value), "float");
      return (float) value;
    }
    return null;
  }

  private static @Nullable Object integer(long value, Class<?> type) {
    if (type == long.class) {
      return value;
    }
    if (type == int.class || type == Integer.class) {
      refuseMisfit(value, value == (int) value, "int");
      return (int) value;
    }
    if (type == short.class || type == Short.class) {
      refuseMisfit(value, value == (short) value, "short");
      return (short) value;
    }
    if (type == byte.class || type == Byte.class) {
      refuseMisfit(value, value == (byte) value, "byte");
      return (byte) value;
    }
    if (type == double.class || type == Double.class) {
      // The first comparison alone would take 2^63 - 1, which becomes 2^63 and comes back cut.
      refuseMisfit(value, (long) (double) value == value && value != Long.MAX_VALUE, "double");
      return (double) value;
    }
    if (type == BigDecimal.class) {
      return BigDecimal.valueOf(value);
    }
    return type == BigInteger.class ? BigInteger.valueOf(value) : null;
  }

  private static String primitive(Class<?> type) {
    return MethodType.methodType(type).unwrap().returnType().getSimpleName();
  }

  private static boolean isInteger(Class<?> type) {
    return type == long.class
        || type == Long.class
        || type == int.class
        || type == Integer.class
        || type == short.class
        || type == Short.class
        || type == byte.class
        || type == Byte.class;
  }

  private static boolean isFloat(Class<?> type) {
    return type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class;
  }

  private static void refuseMisfit(Number value, boolean fits, String type) {
    if (!fits) {
      throw new MismatchException(value + " does not fit " + type);
    }
  }

  /** What a Python programmer calls the type. */
  public static String pythonName(Class<?> type) {
    if (type == String.class) {
      return "str";
    }
    if (type == ByteString.class || type == byte[].class) {
      return "bytes";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "bool";
    }
    if (type == BigInteger.class || isInteger(type)) {
      return "int";
    }
    if (isFloat(type)) {
      return "float";
    }
    PythonName name = type.getAnnotation(PythonName.class);
    if (name != null) {
      return name.value();
    }
    return container(type);
  }

  private static String container(Class<?> type) {
    if (Tuple.class.isAssignableFrom(type)) {
      return "tuple";
    }
    if (Map.class.isAssignableFrom(type)) {
      return "dict";
    }
    if (FrozenSet.class.isAssignableFrom(type)) {
      return "frozenset";
    }
    if (Set.class.isAssignableFrom(type)) {
      return "set";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "list";
    }
    return date(type);
  }

  private static String date(Class<?> type) {
    if (type == LocalDateTime.class) {
      return "datetime";
    }
    if (type == LocalDate.class) {
      return "date";
    }
    if (type == LocalTime.class) {
      return "time";
    }
    if (type == Duration.class) {
      return "timedelta";
    }
    return type == BigDecimal.class ? "Decimal" : type.getSimpleName();
  }
}

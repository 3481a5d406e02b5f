// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads the plain types without members, each from a list that begins with its atom. */
final class ScalarReader {
  private ScalarReader() {}

  static @Nullable Object read(PlainType type, BananaList list) throws RefusedValueException {
    return switch (type) {
      case NONE -> null;
      case BOOLEAN -> bool(list);
      case UNICODE -> text(string(list));
      case DATETIME -> Dates.datetime(string(list));
      case DATE -> Dates.date(string(list));
      case TIME -> Dates.time(string(list));
      case TIMEDELTA -> Dates.timedelta(string(list));
      case DECIMAL -> decimal(list);
      case UNPERSISTABLE -> new Unpersistable("Unpersistable data: " + element(list, 1));
      case PERSISTENT -> new Unpersistable("Persistent callback not found");
      default -> throw new IllegalArgumentException(type + " has members");
    };
  }

  /** The element at an index, which must be there. */
  static Object element(BananaList list, int index) throws RefusedValueException {
    if (index >= list.size()) {
      throw new RefusedValueException(
          Fault.INDEX, list + " has " + list.size() + " elements: expected " + (index + 1));
    }
    return list.get(index);
  }

  private static ByteString string(BananaList list) throws RefusedValueException {
    if (element(list, 1) instanceof ByteString string) {
      return string;
    }
    throw new RefusedValueException(Fault.TYPE, list + ": expected a string as second element");
  }

  /** Decodes text. */
  static String text(ByteString utf8) throws RefusedValueException {
    try {
      return utf8.utf8();
    } catch (IllegalArgumentException e) {
      throw new RefusedValueException(Fault.UNICODE, "text that is " + e.getMessage());
    }
  }

  private static Object bool(BananaList list) throws RefusedValueException {
    Object word = element(list, 1);
    if (word.equals(Atoms.TRUE)) {
      return true;
    }
    if (word.equals(Atoms.FALSE)) {
      return false;
    }
    throw new RefusedValueException(
        Fault.TYPE, list + ": expected true or false as second element");
  }

  private static Object decimal(BananaList list) throws RefusedValueException {
    Object unscaled = element(list, 1);
    Object exponent = element(list, 2);
    if (!(unscaled instanceof Long || unscaled instanceof BigInteger)
        || !(exponent instanceof Long power)
        || -power != (int) -power) {
      throw new RefusedValueException(
          Fault.VALUE, list + ": expected two integers, the second of at most 31 bits");
    }
    BigInteger digits =
        unscaled instanceof BigInteger big ? big : BigInteger.valueOf((Long) unscaled);
    return new BigDecimal(digits, (int) -power);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a key of a dict or member of a set is to Python: two of which this is equal are one there. 1
 * is 1.0, Decimal('1.00') and True; 0.0 is -0.0. Here it also stands for all NaNs, which are one to
 * Java.
 */
record PythonKey(String kind, Object value) {

  static PythonKey of(@Nullable Object key) {
    if (key == null) {
      return new PythonKey("None", "None");
    }
    if (key instanceof Boolean truth) {
      return number(truth ? BigDecimal.ONE : BigDecimal.ZERO);
    }
    if (key instanceof Number number) {
      boolean isFinite = !isFloat(number) || Double.isFinite(number.doubleValue());
      return isFinite ? number(exact(number)) : new PythonKey("float", number.toString());
    }
    if (key instanceof Tuple tuple) {
      return new PythonKey("tuple", tuple.stream().map(PythonKey::of).toList());
    }
    if (key instanceof FrozenSet members) {
      Set<PythonKey> keys = members.stream().map(PythonKey::of).collect(Collectors.toSet());
      return new PythonKey("frozenset", keys);
    }
    return new PythonKey(key.getClass().getSimpleName(), key);
  }

  private static PythonKey number(BigDecimal number) {
    return new PythonKey("number", number.stripTrailingZeros());
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return isFloat(number)
        ? new BigDecimal(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }

  private static boolean isFloat(Number number) {
    return number instanceof Double || number instanceof Float;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.vectors;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;

/** Writes expressions by hand, in the notation of the reference: a string is a byte string. */
public final class WireForms {
  private WireForms() {}

  public static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  /** {@code [element …]} */
  public static BananaList list(Object... elements) {
    Object[] expressions = new Object[elements.length];
    for (int i = 0; i < elements.length; i++) {
      expressions[i] = expression(elements[i]);
    }
    return BananaList.of(expressions);
  }

  /** {@code [unicode text]} */
  public static BananaList text(String text) {
    return list("unicode", text);
  }

  private static Object expression(Object element) {
    if (element instanceof String text) {
      return bytes(text);
    }
    return element instanceof Integer number ? (Object) number.longValue() : element;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.jelly.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that a Twisted peer would end the connection for, or that have no form on the wire. */
final class Unsendables {
  private static final int TOO_MANY = 640 * 1024;

  static final List<Object> ALL =
      List.of(
          "x".repeat(TOO_MANY + 1),
          "\u00e9".repeat(TOO_MANY / 2 + 1),
          new byte[TOO_MANY + 1],
          Collections.nCopies(TOO_MANY, 1),
          Tuple.of(Collections.nCopies(TOO_MANY, 1).toArray()),
          BigInteger.TWO.pow(448),
          BigInteger.TWO.pow(448).negate(),
          new BigDecimal(BigInteger.TWO.pow(448), 5),
          "lone \ud800",
          Map.of("\udc00", 1),
          nested("list", 301),
          nested("tuple", 301),
          nested("dict", 301),
          Map.of(List.of(1), 1),
          Map.of(new HashMap<>(), 1),
          Set.of(new ArrayList<>()),
          Set.of(Tuple.of(List.of(1))),
          LocalDate.of(10_000, 1, 1),
          LocalDateTime.of(0, 1, 1, 0, 0),
          Duration.ofDays(1_000_000_000),
          new Object(),
          Collections.nCopies(30, new byte[TOO_MANY]),
          knot());

  private Unsendables() {}

  /**
   * A list and a tuple that hold each other, and the tuple again: Twisted fails at its own, too.
   */
  private static Object knot() {
    List<Object> list = new ArrayList<>();
    Tuple tuple = Tuple.of(list);
    list.add(tuple);
    return List.of(list, tuple);
  }

  /** Containers in each other. */
  static Object nested(String kind, int depth) {
    Object nested = 1;
    for (int i = 0; i < depth; i++) {
      nested =
          switch (kind) {
            case "list" -> List.of(nested);
            case "tuple" -> Tuple.of(nested);
            case "dict" -> Map.of("k", nested);
            default -> throw new IllegalArgumentException(kind);
          };
    }
    return nested;
  }
}

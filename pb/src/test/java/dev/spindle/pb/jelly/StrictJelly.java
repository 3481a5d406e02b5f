// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks that an expression is one that Twisted could have written for a plain value: known atoms
 * with the right number of elements, references numbered without gaps, used, and begun before they
 * are used. Written after sections 5 and 6 of the reference, apart from the readers.
 */
final class StrictJelly {
  /** Elements after the atom; -1 for any number of values. */
  private static final Map<String, Integer> ARITY =
      Map.ofEntries(
          Map.entry("None", 0),
          Map.entry("boolean", 1),
          Map.entry("unicode", 1),
          Map.entry("datetime", 1),
          Map.entry("date", 1),
          Map.entry("time", 1),
          Map.entry("timedelta", 1),
          Map.entry("decimal", 2),
          Map.entry("list", -1),
          Map.entry("tuple", -1),
          Map.entry("set", -1),
          Map.entry("frozenset", -1),
          Map.entry("dictionary", -1),
          Map.entry("reference", 2),
          Map.entry("dereference", 1));

  private final Set<Long> begun = new HashSet<>();
  private final Set<Long> used = new HashSet<>();

  private StrictJelly() {}

  static void check(Object expression) {
    StrictJelly check = new StrictJelly();
    check.value(expression);
    require(check.begun.equals(check.used), "a reference that nothing refers to");
    for (long number = 1; number <= check.begun.size(); number++) {
      require(check.begun.contains(number), "no reference " + number);
    }
  }

  private static void require(boolean rule, String otherwise) {
    if (!rule) {
      throw new AssertionError(otherwise);
    }
  }

  private void value(Object expression) {
    if (!(expression instanceof BananaList list)) {
      return;
    }
    String atom = ((ByteString) list.get(0)).utf8();
    Integer arity = ARITY.get(atom);
    require(arity != null, "unknown atom " + atom);
    require(arity < 0 || list.size() == arity + 1, atom + " with " + list.size() + " elements");
    switch (atom) {
      case "reference" -> {
        require(begun.add((Long) list.get(1)), "reference given twice: " + list.get(1));
        value(list.get(2));
      }
      case "dereference" -> {
        require(begun.contains((Long) list.get(1)), "not begun: reference " + list.get(1));
        used.add((Long) list.get(1));
      }
      case "dictionary" -> list.asList().stream().skip(1).forEach(this::pair);
      default -> list.asList().stream().skip(1).forEach(this::value);
    }
  }

  private void pair(Object expression) {
    BananaList pair = (BananaList) expression;
    require(pair.size() == 2, "a pair of " + pair.size());
    value(pair.get(0));
    value(pair.get(1));
  }
}

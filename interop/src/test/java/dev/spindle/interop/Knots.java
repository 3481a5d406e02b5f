// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value has a tuple that is part of a cycle and is mentioned again: {@code a = []; t =
 * (a,); a.append(t); [a, t]}. Twisted 22.4 writes such values and cannot read them, its own no more
 * than ours. {@code randoms.py} knows them too.
 */
final class Knots {
  private final Map<Object, Integer> mentions = new IdentityHashMap<>();

  private Knots() {}

  static boolean isIn(@Nullable Object value) {
    return new Knots().found(value);
  }

  private boolean found(@Nullable Object value) {
    Deque<Object> open = new ArrayDeque<>(containersAmong(Collections.singletonList(value)));
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (mentions.merge(next, 1, Integer::sum) == 1) {
        open.addAll(containersAmong(membersOf(next)));
      }
    }
    return mentions.keySet().stream()
        .anyMatch(each -> each instanceof Tuple && mentions.get(each) > 1 && reachesItself(each));
  }

  private static boolean reachesItself(Object tuple) {
    Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(containersAmong(membersOf(tuple)));
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (next == tuple) {
        return true;
      }
      if (met.add(next)) {
        open.addAll(containersAmong(membersOf(next)));
      }
    }
    return false;
  }

  private static Collection<?> membersOf(Object container) {
    if (container instanceof Map<?, ?> map) {
      List<@Nullable Object> both = new ArrayList<>(map.keySet());
      both.addAll(map.values());
      return both;
    }
    return (Collection<?>) container;
  }

  private static List<Object> containersAmong(Collection<?> members) {
    List<Object> found = new ArrayList<>();
    for (Object each : members) {
      if (each instanceof Collection || each instanceof Map) {
        found.add(each);
      }
    }
    return found;
  }
}

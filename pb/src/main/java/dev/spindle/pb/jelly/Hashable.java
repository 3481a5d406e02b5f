// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Python can use as a dictionary key or set member: nothing that can change. */
final class Hashable {
  private Hashable() {}

  /** Names what stands in the way, or null when the value is hashable. */
  static @Nullable String fault(@Nullable Object value) {
    return fault(value, JellyLimits.MAX_READ_DEPTH);
  }

  private static @Nullable String fault(@Nullable Object value, int depth) {
    if (value instanceof Tuple tuple) {
      return membersFault(tuple.elements, depth);
    }
    if (value instanceof FrozenSet set) {
      return membersFault(set.members.toArray(), depth);
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof Map) {
      return "a dict";
    }
    return value instanceof Set ? "a set" : null;
  }

  private static @Nullable String membersFault(@Nullable Object[] members, int depth) {
    if (depth == 0) {
      return "a tuple that contains itself";
    }
    for (Object member : members) {
      String fault = fault(member, depth - 1);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Python can use as a dictionary key or set member: nothing that can change.
 *
 * <p>Counts what there is to hash in each value: a tuple that mentions a tuple twice, which does
 * the same, and so on, is small on the wire and endless to whoever looks at each mention.
 */
final class Hashable {
  private int parts;

  /** Begins another value. */
  void clear() {
    parts = 0;
  }

  /** Names what stands in the way, or null when the key or member is hashable. */
  @Nullable String fault(@Nullable Object member) {
    return isPlain(member) ? null : fault(member, JellyLimits.MAX_READ_DEPTH);
  }

  /** Whether it was the number of parts that stood in the way. */
  boolean isSpent() {
    return parts > JellyLimits.MAX_KEY_PARTS;
  }

  /** What has no parts, and an order by which a map tells apart even what shares a hash. */
  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof ByteString;
  }

  private @Nullable String fault(@Nullable Object value, int depth) {
    if (++parts > JellyLimits.MAX_KEY_PARTS) {
      return "part of more than " + JellyLimits.MAX_KEY_PARTS + " to hash in one value";
    }
    if (value instanceof Tuple tuple) {
      return membersFault(tuple.elements, depth);
    }
    if (value instanceof FrozenSet set) {
      return set.isComplete
          ? membersFault(set.members.toArray(), depth)
          : "a frozenset whose members are not known yet";
    }
    if (value instanceof List) {
      return "a list, which can change";
    }
    if (value instanceof Map) {
      return "a dict, which can change";
    }
    if (value instanceof References.Pending) {
      return "an object that is not known yet";
    }
    return value instanceof Set ? "a set, which can change" : null;
  }

  private @Nullable String membersFault(@Nullable Object[] members, int depth) {
    if (depth == 0) {
      return "nested too deep, or within itself";
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

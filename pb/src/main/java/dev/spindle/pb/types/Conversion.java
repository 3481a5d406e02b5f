// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way through its converters, and what keeps the way finite. A value that holds
 * itself would be converted for ever; one that mentions the same list again and again, in lists
 * that are themselves mentioned again and again, for practically ever.
 *
 * <p>Thread: the one that converts.
 */
final class Conversion {

  /** Members converted before each further container is converted only once. */
  static final int MEMBERS_BEFORE_SHARING = 64 * 1024;

  private static final int MAX_DEPTH = JellyLimits.MAX_READ_DEPTH;

  /** A container as one converter made it. */
  private record Made(Converter by, Object of) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Made made && made.by == by && made.of == of;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of) * 31 + System.identityHashCode(by);
    }
  }

  private int members;
  private int depth;
  private @Nullable Map<Made, Object> known;

  /** Converts a container with so many members, unless that has been done often enough. */
  Object container(Converter by, Object wire, int size, Supplier<Object> made) {
    members += Math.max(1, size);
    if (members >= 0 && members <= MEMBERS_BEFORE_SHARING) {
      return made.get();
    }
    members = MEMBERS_BEFORE_SHARING + 1;
    Map<Made, Object> all = known == null ? known = new HashMap<>() : known;
    Made key = new Made(by, wire);
    Object before = all.get(key);
    if (before == null) {
      before = made.get();
      all.put(key, before);
    }
    return before;
  }

  /**
   * Enters a value of a type that may hold itself.
   *
   * @throws MismatchException when it is nested deeper than anything that arrives can be
   */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new MismatchException("is nested deeper than " + MAX_DEPTH + ", or holds itself");
    }
  }

  void leave() {
    depth--;
  }
}

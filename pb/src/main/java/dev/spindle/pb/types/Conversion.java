// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyLimits;
import java.util.HashMap;
import java.util.Map;
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

  /** Deepest that a value of a type that may hold itself is followed: a bound on our own stack. */
  static final int MAX_DEPTH = JellyLimits.MAX_READ_DEPTH / 2;

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

  /** What a converter made of a container before, as far as that is remembered. */
  @Nullable Object known(Converter by, Object wire) {
    return known == null ? null : known.get(new Made(by, wire));
  }

  /** Remembers what a converter made of a container of so many members, once they are many. */
  <T> T made(Converter by, Object wire, int size, T made) {
    if (known != null) {
      known.put(new Made(by, wire), made);
    } else {
      members += Math.max(1, size);
      if (members > MEMBERS_BEFORE_SHARING) {
        known = new HashMap<>();
      }
    }
    return made;
  }

  /**
   * Enters a value of a type that may hold itself.
   *
   * @throws MismatchException when it is nested too deep, or holds itself
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

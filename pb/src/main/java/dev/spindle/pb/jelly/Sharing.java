// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of one value are met more than once, by identity, and the number that each takes on
 * its second meeting.
 *
 * <p>A first pass over the value calls {@link #meet}; the second, which writes, asks {@link #get}.
 * Source: reference, section 6.3.
 */
final class Sharing {

  /** An object met in the first pass. */
  static final class Met {
    /** 0 until the second meeting. */
    int number;

    /** Whether the second pass has written it. */
    boolean written;

    final @Nullable Form form;

    Met(@Nullable Form form) {
      this.form = form;
    }
  }

  /**
   * Most objects of one value whose table is kept for the next: a large one takes long to clear.
   */
  private static final int MAX_KEPT = 256;

  private IdentityHashMap<Object, Met> met = new IdentityHashMap<>();
  private int numbers;

  /** Whether the object is shared by the JVM itself, so that meeting it twice means nothing. */
  static boolean isJvmConstant(Object value) {
    return value == List.of() || value == Map.of() || value == Set.of();
  }

  /** What is known of an object from an earlier meeting; gives it a number if it has none. */
  @Nullable Met meet(Object value) {
    Met known = get(value);
    if (known != null && known.number == 0) {
      known.number = ++numbers;
    }
    return known;
  }

  void remember(Object value, @Nullable Form form) {
    met.put(value, new Met(form));
  }

  /** Asks no object for its hash while there is nothing to find. */
  @Nullable Met get(Object value) {
    return met.isEmpty() ? null : met.get(value);
  }

  void clear() {
    if (met.size() > MAX_KEPT) {
      met = new IdentityHashMap<>();
    } else if (!met.isEmpty()) {
      met.clear();
    }
    numbers = 0;
  }
}

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
 * <p>A first pass over the value calls {@link #meetAgain} and {@link #remember}; the second, which
 * writes, asks {@link #get}. Source: reference, section 6.3.
 */
final class Sharing {

  /** An object met in the first pass. */
  static final class Met {
    /** 0 until the second meeting. */
    int number;

    /** Whether the second pass has written it. */
    boolean written;

    /** When the second pass began it, if it has: earlier is further out. */
    int begun;

    boolean ended;

    /** Whether it was mentioned again before it ended. */
    boolean mentionedWithin;

    /** Of one that has ended: what a reader at Twisted had yet to know before it was complete. */
    @Nullable Met waitedFor;

    final @Nullable Form form;

    Met(@Nullable Form form) {
      this.form = form;
    }
  }

  /** An object without a form that was met once. */
  private static final Met ONCE = new Met(null);

  /** Up to so many objects are looked through one by one, which costs less than a table of them. */
  private static final int FEW = 8;

  private static final @Nullable Object[] NONE = {};

  /**
   * The objects of a small value, and what is known of each behind it. Fresh for each value: what
   * is young costs the collector least.
   */
  private @Nullable Object[] few = NONE;

  private int used;

  /** Those of a larger value. */
  private @Nullable IdentityHashMap<Object, Met> many;

  private int numbers;

  /** Whether the object is shared by the JVM itself, so that meeting it twice means nothing. */
  static boolean isJvmConstant(Object value) {
    return value == List.of() || value == Map.of() || value == Set.of();
  }

  /** Whether an object has been met before; gives it a number if it has none. */
  boolean meetAgain(Object value) {
    Met known = get(value);
    if (known == null) {
      return false;
    }
    if (known.number == 0) {
      Met shared = known == ONCE ? new Met(null) : known;
      shared.number = ++numbers;
      set(value, shared);
    }
    return true;
  }

  /** An object has been met for the first time. */
  void remember(Object value, @Nullable Form form) {
    set(value, form == null ? ONCE : new Met(form));
  }

  /** Asks no object for its hash. */
  @Nullable Met get(Object value) {
    if (many != null) {
      return many.get(value);
    }
    int place = placeOf(value);
    return place < used ? (Met) few[place + 1] : null;
  }

  private void set(Object value, Met met) {
    if (many != null) {
      many.put(value, met);
      return;
    }
    int place = placeOf(value);
    if (place == 2 * FEW) {
      many = tableOfFew();
      many.put(value, met);
      return;
    }
    if (used == 0) {
      few = new Object[2 * FEW];
    }
    few[place] = value;
    few[place + 1] = met;
    used = Math.max(used, place + 2);
  }

  private int placeOf(Object value) {
    int place = 0;
    while (place < used && few[place] != value) {
      place += 2;
    }
    return place;
  }

  private IdentityHashMap<Object, Met> tableOfFew() {
    IdentityHashMap<Object, Met> table = new IdentityHashMap<>();
    for (int i = 0; i < used; i += 2) {
      table.put(few[i], (Met) few[i + 1]);
    }
    return table;
  }

  void clear() {
    if (used > 0) {
      few = NONE;
      used = 0;
      many = null;
      numbers = 0;
    }
  }
}

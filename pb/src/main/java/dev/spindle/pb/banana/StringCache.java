// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import org.jspecify.annotations.Nullable;

/**
 * Remembers short strings of one connection, so that method names, dictionary keys and atoms, which
 * come again and again, cost neither an allocation nor a decoding.
 *
 * <p>Direct-mapped and bounded: a peer that sends ever new strings only evicts. Begins small, since
 * most connections rest, and know a handful of strings.
 *
 * <p>Thread: the connection's.
 */
final class StringCache {
  private static final int FIRST_BITS = 5;
  private static final int MOST_BITS = 8;

  /** Longest string kept, in bytes. */
  static final int MAX_BYTES = 32;

  /** Odd, and with its bits in disorder: 2^64 divided by the golden ratio. */
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  private int bits = FIRST_BITS;
  private @Nullable ByteString[] slots = new ByteString[1 << FIRST_BITS];

  /** Strings that took the place of others since the slots were made. */
  private int evictions;

  /** Takes {@code length} bytes, at most {@link #MAX_BYTES}, that the window has. */
  ByteString read(Window window, int length) {
    if (length == 0) {
      return ByteString.EMPTY;
    }
    int slot = (int) (hash(window, length) >>> Long.SIZE - bits);
    ByteString known = slots[slot];
    if (known != null && known.sameBytes(window.bytes, window.at, length)) {
      window.at += length;
      return known;
    }
    ByteString fresh = new ByteString(window.take(length));
    slots[slot] = fresh;
    if (known != null) {
      evicted();
    }
    return fresh;
  }

  /** They are filled again as soon as what was in them comes again. */
  private void evicted() {
    if (++evictions > slots.length && bits < MOST_BITS) {
      bits++;
      slots = new ByteString[1 << bits];
      evictions = 0;
    }
  }

  /** By eight bytes at a time: by one, this would be most of what a short string costs. */
  private static long hash(Window window, int length) {
    long hash = length;
    int rest = length;
    int at = window.at;
    for (; rest > Long.BYTES; rest -= Long.BYTES, at += Long.BYTES) {
      hash = (hash ^ window.eightAt(at)) * MIX;
    }
    return (hash ^ window.eightAt(at) & -1L >>> Long.SIZE - Byte.SIZE * rest) * MIX;
  }
}

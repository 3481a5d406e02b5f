// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import org.jspecify.annotations.Nullable;

/**
 * Remembers short strings of one connection, so that method names, dictionary keys and atoms, which
 * come again and again, cost neither an allocation nor a decoding.
 *
 * <p>Direct-mapped and bounded: a peer that sends ever new strings only evicts.
 *
 * <p>Thread: the connection's.
 */
final class StringCache {
  private static final int SLOT_BITS = 8;

  /** Strings kept at most. */
  private static final int SLOTS = 1 << SLOT_BITS;

  /** Odd, and with its bits in disorder: 2^64 divided by the golden ratio. */
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  /** Longest string kept, in bytes. */
  static final int MAX_BYTES = 32;

  private final @Nullable ByteString[] slots = new ByteString[SLOTS];

  /** Takes {@code length} bytes, at most {@link #MAX_BYTES}, that the window has. */
  ByteString read(Window window, int length) {
    if (length == 0) {
      return ByteString.EMPTY;
    }
    int slot = slot(window, length);
    ByteString known = slots[slot];
    if (known != null && known.sameBytes(window.bytes, window.at, length)) {
      window.at += length;
      return known;
    }
    ByteString fresh = new ByteString(window.take(length));
    slots[slot] = fresh;
    return fresh;
  }

  /** By eight bytes at a time: by one, this would be most of what a short string costs. */
  private static int slot(Window window, int length) {
    long hash = length;
    int rest = length;
    int at = window.at;
    for (; rest > Long.BYTES; rest -= Long.BYTES, at += Long.BYTES) {
      hash = (hash ^ window.eightAt(at)) * MIX;
    }
    hash = (hash ^ window.eightAt(at) & -1L >>> Long.SIZE - Byte.SIZE * rest) * MIX;
    return (int) (hash >>> Long.SIZE - SLOT_BITS);
  }
}

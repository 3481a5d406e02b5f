// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
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
  /** Strings kept at most; a power of two. */
  private static final int SLOTS = 256;

  /** Longest string kept, in bytes. */
  static final int MAX_BYTES = 32;

  private final @Nullable ByteString[] slots = new ByteString[SLOTS];
  private final byte[] scratch = new byte[MAX_BYTES];

  /** Reads {@code length} bytes, at most {@link #MAX_BYTES}, that the buffer is known to have. */
  ByteString read(ByteBuf in, int length) {
    in.readBytes(scratch, 0, length);
    int hash = ByteString.hash(scratch, length);
    int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & (SLOTS - 1);
    ByteString known = slots[slot];
    if (known != null && known.hashCode() == hash && known.sameBytes(scratch, length)) {
      return known;
    }
    byte[] bytes = new byte[length];
    System.arraycopy(scratch, 0, bytes, 0, length);
    ByteString fresh = new ByteString(bytes, hash);
    slots[slot] = fresh;
    return fresh;
  }
}

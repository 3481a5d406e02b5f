// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What arrived and was not read yet, since reading stopped in the middle of it.
 *
 * <p>Thread: the connection's. Owns what is added to it.
 */
final class Unread {
  private final Deque<ByteBuf> pieces = new ArrayDeque<>(2);
  private long bytes;

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  void add(ByteBuf piece) {
    pieces.add(piece);
    bytes += piece.readableBytes();
  }

  /** The oldest piece, to read from; {@link #wasRead} follows. */
  ByteBuf first() {
    return pieces.element();
  }

  /** So many bytes of the oldest piece have been read. */
  void wasRead(int count) {
    bytes -= count;
    if (!pieces.element().isReadable()) {
      pieces.remove().release();
    }
  }

  /** Nothing of it will be read. */
  void clear() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
    bytes = 0;
  }
}

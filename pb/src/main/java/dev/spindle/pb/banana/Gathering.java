// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Short elements on their way to a buffer, which takes them together: to put a byte into an array
 * costs a fraction of putting it into a buffer.
 */
final class Gathering {
  /** Longest element that is gathered. */
  static final int MAX_ELEMENT_BYTES = 128;

  private static final int ROOM_BYTES = 2 * MAX_ELEMENT_BYTES;

  /** Enough for what a connection that rests has said. */
  private static final int FIRST_ROOM_BYTES = 48;

  private ByteBuf out;
  private byte[] bytes = new byte[FIRST_ROOM_BYTES];
  private int filled;

  Gathering(ByteBuf out) {
    this.out = out;
  }

  /** The buffer, for what is not gathered. */
  ByteBuf drained() {
    if (filled > 0) {
      out.writeBytes(bytes, 0, filled);
      filled = 0;
    }
    return out;
  }

  /** Gathers for another buffer from now on. Between two expressions, when nothing is gathered. */
  void to(ByteBuf next) {
    out = next;
  }

  /** Where the next byte will be in the buffer. */
  int position() {
    return out.writerIndex() + filled;
  }

  /** Forgets what came from a place in the buffer on. */
  void forgetFrom(int position) {
    int kept = position - out.writerIndex();
    filled = Math.max(kept, 0);
    if (kept < 0) {
      out.writerIndex(position);
    }
  }

  /**
   * Makes room for so many bytes, at most {@link #MAX_ELEMENT_BYTES}. They are put into {@link
   * #array} from {@link #place} on, and count once {@link #advanceTo} is told.
   */
  void makeRoom(int count) {
    if (filled + count > bytes.length) {
      if (bytes.length < ROOM_BYTES) {
        bytes = Arrays.copyOf(bytes, ROOM_BYTES);
      }
      if (filled + count > ROOM_BYTES) {
        drained();
      }
    }
  }

  byte[] array() {
    return bytes;
  }

  int place() {
    return filled;
  }

  void advanceTo(int place) {
    filled = place;
  }
}

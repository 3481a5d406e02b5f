// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What comes behind a type byte, a string or a float, while it has not come whole. Its room grows
 * as it arrives, and is never sized from what was announced alone.
 */
final class Body {
  /** Least room for what has not arrived. */
  private static final int FIRST_ROOM_BYTES = 8 * 1024;

  /** First room for each byte that has arrived: a string of a few reads is not copied to grow. */
  private static final int FIRST_GROWTH = 4;

  /** From here on it grows in few steps: each is copied, and is much for the collector. */
  private static final int LARGE_BYTES = 1 << 20;

  private static final int LARGE_GROWTH = 8;

  private byte @Nullable [] bytes;
  private int length;
  private int filled;
  private boolean isFloat;

  /** Whether one has begun and not ended. */
  boolean isOpen() {
    return bytes != null;
  }

  /** Begins one, of which so many bytes have arrived. */
  void begin(int announced, int arrived, boolean floating) {
    int room = Math.max(FIRST_ROOM_BYTES, FIRST_GROWTH * Math.min(arrived, announced));
    bytes = new byte[Math.min(announced, room)];
    length = announced;
    filled = 0;
    isFloat = floating;
  }

  int length() {
    return length;
  }

  int missing() {
    return length - filled;
  }

  void abandon() {
    bytes = null;
  }

  /** Takes what has arrived of it: the element, once it is complete, else null. */
  @Nullable Object readOn(ByteBuf in) {
    byte[] room = java.util.Objects.requireNonNull(bytes);
    int take = Math.min(in.readableBytes(), missing());
    if (filled + take > room.length) {
      long growth = room.length < LARGE_BYTES ? 2 : LARGE_GROWTH;
      room =
          Arrays.copyOf(
              room, Math.max(filled + take, (int) Math.min(length, growth * room.length)));
      bytes = room;
    }
    in.readBytes(room, filled, take);
    filled += take;
    if (filled < length) {
      return null;
    }
    bytes = null;
    return isFloat
        ? (Object) ByteBuffer.wrap(room).getDouble()
        : new ByteString(room.length == length ? room : Arrays.copyOf(room, length));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The next stretch of what has arrived, in an array. Most elements are a few bytes long, and to
 * look at a byte of an array costs a fraction of asking a buffer for it.
 *
 * <p>Holds nothing between two pieces, since most connections rest most of the time.
 */
final class Window {
  /** Longest stretch. Longer strings are taken from the buffer itself. */
  private static final int MAX_BYTES = 4 * 1024;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] NONE = {};

  /**
   * The array of this thread, while no window has it: what is read in one would else be allocated
   * twice. A second window that opens within the first makes one of its own.
   */
  private static final FastThreadLocal<byte[]> SPARE = new FastThreadLocal<>();

  /** Only from {@link #at} to {@link #end}. */
  byte[] bytes = NONE;

  int at;
  int end;

  private @Nullable ByteBuf buffer;

  /** Shows what the buffer has next. */
  void open(ByteBuf in) {
    int length = Math.min(in.readableBytes(), MAX_BYTES);
    buffer = in;
    bytes = borrowed();
    in.getBytes(in.readerIndex(), bytes, 0, length);
    at = 0;
    end = length;
  }

  private static byte[] borrowed() {
    byte[] spare = SPARE.getIfExists();
    if (spare == null) {
      return new byte[MAX_BYTES + Long.BYTES];
    }
    SPARE.set(null);
    return spare;
  }

  /** Leaves the buffer where reading has come to. */
  void close() {
    if (buffer != null) {
      buffer.skipBytes(at);
      buffer = null;
      SPARE.set(bytes);
      bytes = NONE;
      at = 0;
      end = 0;
    }
  }

  /**
   * Eight bytes at a place in the window, the first of them the lowest; behind its end anything.
   */
  long eightAt(int place) {
    return (long) EIGHT_BYTES.get(bytes, place);
  }

  /** Takes eight bytes, which must be left, as a number. */
  double takeDouble() {
    double taken = Double.longBitsToDouble(Long.reverseBytes(eightAt(at)));
    at += Double.BYTES;
    return taken;
  }

  boolean hasMore() {
    return at < end;
  }

  int left() {
    return end - at;
  }

  /** Takes so many bytes, which must be left. */
  byte[] take(int length) {
    byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return taken;
  }

  /** How many bytes have arrived from here on, those behind the window included. */
  int arrived() {
    return buffer == null ? 0 : buffer.readableBytes() - at;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigInteger;

/**
 * Encodes expressions straight into a buffer, in the order in which they are told: a list is its
 * header and then its elements.
 *
 * <p>A value that cannot be encoded throws {@link UnsendableException} and may leave earlier parts
 * of the same expression in the buffer: {@link #begin} before an expression and {@link #rollBack}
 * take them out again, so that a receiver never sees half of one. Between {@link #begin} and {@link
 * #end} an expression is held to the limit of its whole length, too.
 *
 * <p>Thread: one at a time. The buffer's owner keeps it; nothing is released here.
 *
 * <p>Source: Perspective Broker reference, section 3.
 */
public final class BananaWriter {
  private static final long MAX_SMALL = 0x7fff_ffffL;
  private static final long MIN_SMALL = -0x8000_0000L;

  /** What is no longer than this needs no look at the length of the whole: that is at the end. */
  private static final int SMALL = 64;

  /** Longest header of a string. */
  private static final int MAX_HEADER_BYTES = 6;

  /** Room made for each element of a list: most numbers and short words take less. */
  private static final int BYTES_AN_ELEMENT = 12;

  private static final int MAX_BITS = 7 * BananaLimits.MAX_PREFIX_BYTES;

  private final ByteBuf out;
  private final Dialect dialect;
  private final BananaLimits limits;

  /** Where the expression under way must have ended. */
  private long furthest = Long.MAX_VALUE;

  public BananaWriter(ByteBuf out, Dialect dialect, BananaLimits limits) {
    this.out = out;
    this.dialect = dialect;
    this.limits = limits;
  }

  public BananaLimits limits() {
    return limits;
  }

  /** Where the next byte goes. */
  public int mark() {
    return out.writerIndex();
  }

  /**
   * Begins an expression of its own, such as a message.
   *
   * @return where it begins, for {@link #rollBack}
   */
  public int begin() {
    int mark = out.writerIndex();
    furthest = mark + limits.maxExpressionBytes();
    return mark;
  }

  /**
   * Ends what {@link #begin} began.
   *
   * @throws UnsendableException when it is longer than the limit
   */
  public void end() {
    requireRoom(0);
    furthest = Long.MAX_VALUE;
  }

  /** Forgets everything written since the mark. */
  public void rollBack(int mark) {
    out.writerIndex(mark);
    furthest = Long.MAX_VALUE;
  }

  /** Asked at what is large, so that no message grows far beyond the limit before its end. */
  private void requireRoom(int bytes) {
    if (out.writerIndex() + (long) bytes > furthest) {
      throw new UnsendableException(
          "the message becomes longer than " + limits.maxExpressionBytes() + " bytes");
    }
  }

  /**
   * Begins a list; that many elements must follow.
   *
   * @throws UnsendableException when it has more elements than the limit
   */
  public void list(int size) {
    if (size > limits.maxSize()) {
      throw new UnsendableException(
          "a list of " + size + " elements: at most " + limits.maxSize() + " can be sent");
    }
    if (size > SMALL) {
      requireRoom(size); // Each element takes a byte at least.
    }
    if (out.writableBytes() < (long) BYTES_AN_ELEMENT * size) {
      grow((long) BYTES_AN_ELEMENT * size);
    }
    header(size, TypeByte.LIST);
  }

  public void integer(long value) {
    if (value >= 0) {
      header(value, value <= MAX_SMALL ? TypeByte.INTEGER : TypeByte.LARGE);
    } else if (value == Long.MIN_VALUE) {
      integer(BigInteger.valueOf(value));
    } else {
      header(-value, value >= MIN_SMALL ? TypeByte.NEGATIVE : TypeByte.LARGE_NEGATIVE);
    }
  }

  /**
   * @throws UnsendableException when it has more than 448 bits
   */
  public void integer(BigInteger value) {
    if (value.bitLength() < Long.SIZE && value.longValue() != Long.MIN_VALUE) {
      integer(value.longValue());
      return;
    }
    BigInteger magnitude = value.abs();
    if (magnitude.bitLength() > MAX_BITS) {
      throw new UnsendableException(
          "an integer of " + magnitude.bitLength() + " bits: at most " + MAX_BITS + " can be sent");
    }
    for (int bit = 0; bit < magnitude.bitLength(); bit += 7) {
      out.writeByte(magnitude.shiftRight(bit).intValue() & 0x7f);
    }
    out.writeByte(value.signum() < 0 ? TypeByte.LARGE_NEGATIVE : TypeByte.LARGE);
  }

  public void floating(double value) {
    out.writeByte(TypeByte.FLOAT);
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  /**
   * @throws UnsendableException when it is longer than the limit
   */
  public void string(ByteString value) {
    if (dialect == Dialect.PB) {
      int number = value.word();
      if (number != 0) {
        header(number, TypeByte.WORD);
        return;
      }
    }
    stringHeader("a string", value.size());
    out.writeBytes(value.bytes);
  }

  /**
   * Writes text as the string of its UTF-8 bytes.
   *
   * @throws UnsendableException when that is longer than the limit, or the text has a lone
   *     surrogate
   */
  public void utf8(String text) {
    int number = dialect == Dialect.PB ? Vocabulary.numberOf(text) : 0;
    if (number != 0) {
      header(number, TypeByte.WORD);
    } else if (Utf8.isAscii(text)) {
      stringHeader("text", text.length());
      ByteBufUtil.writeAscii(out, text);
    } else {
      byte[] bytes = encoded(text).bytes;
      stringHeader("text", bytes.length);
      out.writeBytes(bytes);
    }
  }

  /** Writes bytes that are not kept: as {@link #string}, without taking a copy first. */
  public void bytes(byte[] value) {
    if (value.length <= Vocabulary.LONGEST) {
      string(new ByteString(value));
      return;
    }
    stringHeader("a string", value.length);
    out.writeBytes(value);
  }

  private static ByteString encoded(String text) {
    try {
      return ByteString.utf8(text);
    } catch (IllegalArgumentException e) {
      throw new UnsendableException(e.getMessage(), e);
    }
  }

  /**
   * Writes an expression that is already built.
   *
   * @throws UnsendableException also for an object that is not an expression
   */
  public void expression(Object value) {
    if (value instanceof BananaList list) {
      list(list.size());
      for (int i = 0; i < list.size(); i++) {
        expression(list.get(i)); // As deep as lists are nested: on the stack lies what it needs.
      }
    } else {
      element(value);
    }
  }

  private void element(Object value) {
    if (value instanceof Long number) {
      integer(number);
    } else if (value instanceof ByteString string) {
      string(string);
    } else if (value instanceof Double number) {
      floating(number);
    } else if (value instanceof BigInteger number) {
      integer(number);
    } else {
      throw new UnsendableException(
          "an object of " + value.getClass().getName() + " is not a Banana expression");
    }
  }

  private void stringHeader(String what, int length) {
    if (length > limits.maxSize()) {
      throw new UnsendableException(
          what + " of " + length + " bytes: at most " + limits.maxSize() + " can be sent");
    }
    if (length > SMALL) {
      requireRoom(length);
      if (out.writableBytes() < length + MAX_HEADER_BYTES) {
        grow((long) length + MAX_HEADER_BYTES);
      }
    }
    header(length, TypeByte.STRING);
  }

  /**
   * Makes room, and for more than this: by itself Netty's buffer grows by 4 MiB at a time from
   * there on and copies what is in it each time, so that a long message would take time with the
   * square of its length.
   */
  private void grow(long bytes) {
    long wanted = Math.max(out.capacity(), bytes);
    out.ensureWritable((int) Math.min(wanted, out.maxWritableBytes()));
  }

  private void header(long magnitude, int type) {
    if (magnitude <= 0x7f) {
      out.writeShort((int) magnitude << 8 | type); // both bytes at once: most are as small
      return;
    }
    long rest = magnitude;
    while (rest > 0x7f) {
      out.writeByte((int) rest & 0x7f);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
    out.writeByte(type);
  }
}

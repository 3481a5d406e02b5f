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
 * of the same expression in the buffer: {@link #mark} before an expression and {@link #rollBack}
 * take them out again, so that a receiver never sees half of one.
 *
 * <p>Thread: one at a time. The buffer's owner keeps it; nothing is released here.
 *
 * <p>Source: Perspective Broker reference, section 3.
 */
public final class BananaWriter {
  private static final long MAX_SMALL = 0x7fff_ffffL;
  private static final long MIN_SMALL = -0x8000_0000L;
  private static final int MAX_BITS = 7 * BananaLimits.MAX_PREFIX_BYTES;

  private final ByteBuf out;
  private final Dialect dialect;
  private final BananaLimits limits;

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

  /** Forgets everything written since the mark. */
  public void rollBack(int mark) {
    out.writerIndex(mark);
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
      int number = Vocabulary.numberOf(value);
      if (number != 0) {
        out.writeByte(number);
        out.writeByte(TypeByte.WORD);
        return;
      }
    }
    stringHeader(value.size());
    out.writeBytes(value.bytes);
  }

  /**
   * Writes text as the string of its UTF-8 bytes.
   *
   * @throws UnsendableException when that is longer than the limit, or the text has a lone
   *     surrogate
   */
  public void utf8(String text) {
    if (text.length() <= Vocabulary.LONGEST || !Utf8.isAscii(text)) {
      string(encoded(text));
      return;
    }
    stringHeader(text.length());
    ByteBufUtil.writeAscii(out, text);
  }

  /** Writes bytes that are not kept: as {@link #string}, without taking a copy first. */
  public void bytes(byte[] value) {
    if (value.length <= Vocabulary.LONGEST) {
      string(new ByteString(value));
      return;
    }
    stringHeader(value.length);
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
    if (value instanceof Long number) {
      integer(number);
    } else if (value instanceof ByteString string) {
      string(string);
    } else if (value instanceof BananaList elements) {
      list(elements.size());
      for (Object element : elements.elements) {
        expression(element);
      }
    } else if (value instanceof Double number) {
      floating(number);
    } else if (value instanceof BigInteger number) {
      integer(number);
    } else {
      throw new UnsendableException(
          "an object of " + value.getClass().getName() + " is not a Banana expression");
    }
  }

  private void stringHeader(int length) {
    if (length > limits.maxSize()) {
      throw new UnsendableException(
          "a string of " + length + " bytes: at most " + limits.maxSize() + " can be sent");
    }
    header(length, TypeByte.STRING);
  }

  private void header(long magnitude, int type) {
    long rest = magnitude;
    while (rest > 0x7f) {
      out.writeByte((int) rest & 0x7f);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
    out.writeByte(type);
  }
}

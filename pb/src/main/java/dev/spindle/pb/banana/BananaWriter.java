// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

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

  /** Longest header: the seven-bit groups of a long, and the type. */
  private static final int MAX_HEADER_BYTES = 10;

  /** Room made for each element of a long list: most numbers and short words take less. */
  private static final int BYTES_AN_ELEMENT = 12;

  private static final int MAX_BITS = 7 * BananaLimits.MAX_PREFIX_BYTES;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Gathering gathering;
  private final Dialect dialect;
  private final BananaLimits limits;

  /** Whether we are between {@link #begin} and {@link #end}: only then may elements be gathered. */
  private boolean inExpression;

  /** Where the expression under way must have ended. */
  private long furthest = Long.MAX_VALUE;

  public BananaWriter(ByteBuf out, Dialect dialect, BananaLimits limits) {
    this.gathering = new Gathering(out);
    this.dialect = dialect;
    this.limits = limits;
  }

  public BananaLimits limits() {
    return limits;
  }

  /** Writes into another buffer from now on. Between two expressions. */
  public void to(ByteBuf next) {
    gathering.to(next);
  }

  /** Where the next byte goes. */
  public int mark() {
    return gathering.position();
  }

  /**
   * Begins an expression of its own, such as a message. Until {@link #end} the buffer may lack what
   * was written last.
   *
   * @return where it begins, for {@link #rollBack}
   */
  public int begin() {
    int mark = gathering.position();
    furthest = mark + limits.maxExpressionBytes();
    inExpression = true;
    return mark;
  }

  /**
   * Ends what {@link #begin} began.
   *
   * @throws UnsendableException when it is longer than the limit
   */
  public void end() {
    requireRoom(0);
    gathering.drained();
    ended();
  }

  /** Forgets everything written since the mark. */
  public void rollBack(int mark) {
    gathering.forgetFrom(mark);
    ended();
  }

  private void ended() {
    inExpression = false;
    furthest = Long.MAX_VALUE;
  }

  /** An element is written. */
  private void written() {
    if (!inExpression) {
      gathering.drained();
    }
  }

  /** Asked at what is large, so that no message grows far beyond the limit before its end. */
  private void requireRoom(int bytes) {
    if (gathering.position() + (long) bytes > furthest) {
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
      drainedWithRoomFor((long) BYTES_AN_ELEMENT * size);
    }
    header(size, TypeByte.LIST);
    written();
  }

  public void integer(long value) {
    if (value == Long.MIN_VALUE) {
      integer(BigInteger.valueOf(value));
      return;
    }
    if (value >= 0) {
      header(value, value <= MAX_SMALL ? TypeByte.INTEGER : TypeByte.LARGE);
    } else {
      header(-value, value >= MIN_SMALL ? TypeByte.NEGATIVE : TypeByte.LARGE_NEGATIVE);
    }
    written();
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
    ByteBuf out = gathering.drained();
    for (int bit = 0; bit < magnitude.bitLength(); bit += 7) {
      out.writeByte(magnitude.shiftRight(bit).intValue() & 0x7f);
    }
    out.writeByte(value.signum() < 0 ? TypeByte.LARGE_NEGATIVE : TypeByte.LARGE);
  }

  public void floating(double value) {
    gathering.makeRoom(1 + Double.BYTES);
    int place = gathering.place();
    gathering.array()[place] = (byte) TypeByte.FLOAT;
    EIGHT_BYTES.set(gathering.array(), place + 1, Double.doubleToRawLongBits(value));
    gathering.advanceTo(place + 1 + Double.BYTES);
    written();
  }

  /**
   * @throws UnsendableException when it is longer than the limit
   */
  public void string(ByteString value) {
    int word = dialect == Dialect.PB ? value.word() : 0;
    if (word != 0) {
      header(word, TypeByte.WORD);
      written();
    } else {
      string("a string", value.bytes);
    }
  }

  /** Writes bytes that are not kept: as {@link #string}, without taking a copy first. */
  public void bytes(byte[] value) {
    if (value.length <= Vocabulary.LONGEST) {
      string(new ByteString(value));
    } else {
      string("a string", value);
    }
  }

  private void string(String what, byte[] value) {
    int length = value.length;
    if (length + MAX_HEADER_BYTES > Gathering.MAX_ELEMENT_BYTES) {
      drainedWithHeader(what, length).writeBytes(value);
      return;
    }
    gathering.makeRoom(length + MAX_HEADER_BYTES);
    header(length, TypeByte.STRING);
    int place = gathering.place();
    System.arraycopy(value, 0, gathering.array(), place, length);
    gathering.advanceTo(place + length);
    written();
  }

  /**
   * Writes text as the string of its UTF-8 bytes.
   *
   * @throws UnsendableException when that is longer than the limit, or the text has a lone
   *     surrogate
   */
  public void utf8(String text) {
    int word = dialect == Dialect.PB ? Vocabulary.numberOf(text) : 0;
    if (word != 0) {
      header(word, TypeByte.WORD);
      written();
    } else if (text.length() > SMALL || !shortAscii(text)) {
      longText(text);
    }
  }

  /** False, and nothing is written, when the text is not ASCII. */
  private boolean shortAscii(String text) {
    int length = text.length();
    gathering.makeRoom(2 + length);
    byte[] array = gathering.array();
    int place = gathering.place() + 2;
    int bits = 0;
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      bits |= character;
      array[place + i] = (byte) character;
    }
    if (bits > 0x7f) {
      return false;
    }
    array[place - 2] = (byte) length;
    array[place - 1] = (byte) TypeByte.STRING;
    gathering.advanceTo(place + length);
    written();
    return true;
  }

  private void longText(String text) {
    if (Utf8.isAscii(text)) {
      ByteBufUtil.writeAscii(drainedWithHeader("text", text.length()), text);
    } else {
      string("text", encoded(text).bytes);
    }
  }

  private static ByteString encoded(String text) {
    try {
      return ByteString.utf8(text);
    } catch (IllegalArgumentException e) {
      throw new UnsendableException(e.getMessage(), e);
    }
  }

  /** Writes the beginning of a list. */
  public void head(BananaHead head) {
    byte[] encoded = head.encoded;
    gathering.makeRoom(encoded.length);
    int place = gathering.place();
    System.arraycopy(encoded, 0, gathering.array(), place, encoded.length);
    gathering.advanceTo(place + encoded.length);
    written();
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

  /** The header of a string that is not gathered, in the buffer, and room behind it. */
  private ByteBuf drainedWithHeader(String what, int length) {
    if (length > limits.maxSize()) {
      throw new UnsendableException(
          what + " of " + length + " bytes: at most " + limits.maxSize() + " can be sent");
    }
    requireRoom(length);
    header(length, TypeByte.STRING);
    return drainedWithRoomFor(length);
  }

  /**
   * Makes room, and for more than this: by itself Netty's buffer grows by 4 MiB at a time from
   * there on and copies what is in it each time, so that a long message would take time with the
   * square of its length.
   */
  private ByteBuf drainedWithRoomFor(long bytes) {
    ByteBuf out = gathering.drained();
    if (out.writableBytes() < bytes) {
      long wanted = Math.max(out.capacity(), bytes);
      out.ensureWritable((int) Math.min(wanted, out.maxWritableBytes()));
    }
    return out;
  }

  private void header(long magnitude, int type) {
    gathering.makeRoom(MAX_HEADER_BYTES);
    byte[] array = gathering.array();
    int place = gathering.place();
    long rest = magnitude;
    while (rest > 0x7f) {
      array[place++] = (byte) (rest & 0x7f);
      rest >>>= 7;
    }
    array[place++] = (byte) rest;
    array[place++] = (byte) type;
    gathering.advanceTo(place);
  }
}

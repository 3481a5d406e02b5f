// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one direction of a connection, however it is cut into pieces.
 *
 * <p>State between two pieces is: the prefix bytes of an element whose type byte has not come, the
 * body of a string or float that is not complete, and the lists that are still open. Everything is
 * bounded by {@link BananaLimits}, and nothing is sized from a number that the peer sent before the
 * bytes that it announces arrive.
 *
 * <p>Thread: one at a time. Not usable after it has thrown.
 *
 * <p>Source: Perspective Broker reference, section 3.
 */
public final class BananaReader {

  /** Takes each expression as its last byte arrives. */
  @FunctionalInterface
  public interface Sink {
    void expression(Object expression) throws BananaException;

    /**
     * An expression exceeds a limit. It is not handed on whole: either it is read past, and told in
     * pieces, or it costs the connection, as it does unless this is implemented.
     *
     * @param reason names the limit, and what exceeds it
     * @throws BananaException to give up
     */
    default Pieces oversized(String reason) throws BananaException {
      throw new BananaException(reason);
    }
  }

  /** Prefix bytes that fit a {@code long} without its sign bit. */
  private static final int LONG_GROUPS = 9;

  /** Least room for a body that has not arrived: grows as it does. */
  private static final int FIRST_ROOM_BYTES = 8 * 1024;

  /** First room for each byte that has arrived: a string of a few reads is not copied to grow. */
  private static final int FIRST_GROWTH = 4;

  /** From here on a body grows in few steps: each is copied, and is much for the collector. */
  private static final int LARGE_BODY_BYTES = 1 << 20;

  private static final int LARGE_BODY_GROWTH = 8;

  private BananaLimits limits;
  private final StringCache strings = new StringCache();
  private @Nullable Dialect dialect;

  private long prefix;
  private int prefixLength;

  /** The prefix's bytes from the tenth on; most connections never need it. */
  private byte @Nullable [] longPrefix;

  private byte @Nullable [] body;
  private int bodyLength;
  private int bodyFilled;
  private boolean bodyIsFloat;

  private @Nullable OpenList[] open = new OpenList[8];
  private int depth;
  private long expressionBytes;
  private long lastExpressionBytes;
  private long expressionItems;
  private long expressions;
  private boolean paused;

  /** The expression that is being read past. */
  private @Nullable SkippedExpression skipped;

  public BananaReader(BananaLimits limits) {
    this.limits = limits;
  }

  /** Switches after negotiation. Before it, no word may be abbreviated. */
  public void use(Dialect chosen) {
    dialect = chosen;
  }

  /** Changes what is taken from here on. */
  public void limits(BananaLimits changed) {
    limits = changed;
  }

  /**
   * Reads what the buffer has, to its end or until {@link #pause}, and hands on each expression
   * that became complete.
   *
   * @throws BananaException when the peer breaks a rule; expressions before it were handed on
   */
  public void feed(ByteBuf in, Sink sink) throws BananaException {
    paused = false;
    while (in.isReadable() && !paused) {
      int before = in.readerIndex();
      SkippedExpression rest = skipped;
      if (rest != null) {
        Object element = skip(in, rest, sink);
        expressionBytes += in.readerIndex() - before;
        skipped(element, rest);
        continue;
      }
      Object element = body != null ? continueBody(in) : readElement(in, sink);
      expressionBytes += in.readerIndex() - before;
      if (expressionBytes > limits.maxExpressionBytes()) {
        overrun(element, sink);
      } else if (element != null) {
        deliver(element, sink);
      }
    }
  }

  /**
   * Called by the sink: {@link #feed} returns behind the expression that is being handed on and
   * leaves the rest in its buffer.
   */
  public void pause() {
    paused = true;
  }

  /** Whether an expression has begun and not ended. */
  public boolean isInside() {
    return depth > 0 || body != null || prefixLength > 0 || skipped != null;
  }

  /** How many bytes the expression took that is being, or was last, handed on or read past. */
  public long lastExpressionBytes() {
    return lastExpressionBytes;
  }

  /** How much has come of the expression that has begun and not ended. */
  public long expressionBytes() {
    return expressionBytes;
  }

  /** How many expressions have ended. */
  public long expressions() {
    return expressions;
  }

  private void deliver(Object element, Sink sink) throws BananaException {
    Object complete = element;
    while (depth > 0) {
      OpenList list = openAt(depth - 1);
      list.add(complete);
      if (!list.isFull()) {
        return;
      }
      complete = list.close();
      depth--;
    }
    lastExpressionBytes = expressionBytes;
    expressionBytes = 0;
    expressionItems = 0;
    expressions++;
    sink.expression(complete);
  }

  /** Reads up to one element; null when it is not complete, or when it opened a list. */
  private @Nullable Object readElement(ByteBuf in, Sink sink) throws BananaException {
    int type = readType(in);
    if (type < 0) {
      return null;
    }
    Object element = element(type, in, sink);
    prefix = 0;
    prefixLength = 0;
    return element;
  }

  /** Reads a prefix and the type byte behind it; -1 when that has not come. */
  private int readType(ByteBuf in) throws BananaException {
    int end = in.writerIndex();
    int at = in.readerIndex();
    if (prefixLength == 0 && end - at >= 2) {
      // Most elements have one byte before their type: one look at the buffer instead of two.
      int both = in.getUnsignedShort(at);
      if ((both & 0x8080) == 0x80) {
        in.readerIndex(at + 2);
        prefix = both >> 8;
        prefixLength = 1;
        return both & 0xff;
      }
    }
    while (at < end) {
      int b = in.getByte(at++);
      if (b < 0) {
        in.readerIndex(at);
        return b & 0xff;
      }
      addToPrefix(b);
    }
    in.readerIndex(at);
    return -1;
  }

  private void addToPrefix(int group) throws BananaException {
    if (prefixLength >= LONG_GROUPS) {
      if (prefixLength == BananaLimits.MAX_PREFIX_BYTES) {
        throw new BananaException("prefix longer than " + BananaLimits.MAX_PREFIX_BYTES + " bytes");
      }
      if (longPrefix == null) {
        longPrefix = new byte[BananaLimits.MAX_PREFIX_BYTES];
      }
      longPrefix[prefixLength] = (byte) group;
    } else {
      prefix |= (long) group << (7 * prefixLength);
    }
    prefixLength++;
  }

  private @Nullable Object element(int type, ByteBuf in, Sink sink) throws BananaException {
    return switch (type) {
      case TypeByte.LIST -> list(sink);
      case TypeByte.INTEGER, TypeByte.LARGE -> integer(false);
      case TypeByte.NEGATIVE, TypeByte.LARGE_NEGATIVE -> integer(true);
      case TypeByte.STRING -> string(in, sink);
      case TypeByte.FLOAT -> startFloat(in);
      case TypeByte.WORD -> word();
      default -> throw new BananaException("unassigned type byte 0x" + Integer.toHexString(type));
    };
  }

  private Object integer(boolean negative) {
    if (prefixLength <= LONG_GROUPS) {
      return negative ? -prefix : prefix;
    }
    BigInteger magnitude = magnitude();
    BigInteger value = negative ? magnitude.negate() : magnitude;
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private BigInteger magnitude() {
    BigInteger high = BigInteger.ZERO;
    for (int i = prefixLength - 1; i >= LONG_GROUPS; i--) {
      high = high.shiftLeft(7).or(BigInteger.valueOf(longPrefix()[i]));
    }
    return high.shiftLeft(7 * LONG_GROUPS).or(BigInteger.valueOf(prefix));
  }

  private byte[] longPrefix() {
    return java.util.Objects.requireNonNull(longPrefix);
  }

  /** The prefix as a size, or more than any that is read past. */
  private long announced() {
    for (int i = LONG_GROUPS; i < prefixLength; i++) {
      if (longPrefix()[i] != 0) {
        return Long.MAX_VALUE;
      }
    }
    return prefix;
  }

  private String tooLarge(String what) {
    return what
        + " of "
        + (prefixLength > LONG_GROUPS ? magnitude() : prefix)
        + " announced: at most "
        + limits.maxSize()
        + " allowed";
  }

  private String tooMany() {
    return "lists of "
        + expressionItems
        + " elements together announced: at most "
        + limits.maxItems()
        + " allowed in one expression";
  }

  private @Nullable Object list(Sink sink) throws BananaException {
    long size = announced();
    if (size > limits.maxSize()) {
      exceeded(tooLarge("list"), sink).list(size);
    } else if (size == 0) {
      return BananaList.EMPTY;
    } else if (depth == limits.maxDepth()) {
      exceeded("lists nested deeper than " + depth, sink).list(size);
    } else if ((expressionItems += size) > limits.maxItems()) {
      exceeded(tooMany(), sink).list(size);
    } else {
      open((int) size);
    }
    return null;
  }

  private void open(int size) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    OpenList list = open[depth];
    if (list == null) {
      list = new OpenList();
      open[depth] = list;
    }
    list.begin(size);
    depth++;
  }

  private OpenList openAt(int index) {
    return java.util.Objects.requireNonNull(open[index]);
  }

  private @Nullable Object string(ByteBuf in, Sink sink) throws BananaException {
    long announced = announced();
    if (announced > limits.maxSize()) {
      exceeded(tooLarge("string"), sink).drop(announced, announced);
      return null;
    }
    int length = (int) announced;
    if (length <= StringCache.MAX_BYTES && in.readableBytes() >= length) {
      return length == 0 ? ByteString.EMPTY : strings.read(in, length);
    }
    if (in.readableBytes() >= length) {
      byte[] bytes = new byte[length];
      in.readBytes(bytes);
      return new ByteString(bytes);
    }
    startBody(length, in.readableBytes(), false);
    return null;
  }

  private @Nullable Object startFloat(ByteBuf in) {
    if (in.readableBytes() >= Double.BYTES) {
      return Double.longBitsToDouble(in.readLong());
    }
    startBody(Double.BYTES, in.readableBytes(), true);
    return null;
  }

  private void startBody(int length, int arrived, boolean isFloat) {
    int room = Math.max(FIRST_ROOM_BYTES, FIRST_GROWTH * arrived);
    body = new byte[Math.min(length, room)];
    bodyLength = length;
    bodyFilled = 0;
    bodyIsFloat = isFloat;
  }

  private @Nullable Object continueBody(ByteBuf in) {
    byte[] bytes = java.util.Objects.requireNonNull(body);
    int take = Math.min(in.readableBytes(), bodyLength - bodyFilled);
    if (bodyFilled + take > bytes.length) {
      long growth = bytes.length < LARGE_BODY_BYTES ? 2 : LARGE_BODY_GROWTH;
      int room = Math.max(bodyFilled + take, (int) Math.min(bodyLength, growth * bytes.length));
      bytes = Arrays.copyOf(bytes, room);
      body = bytes;
    }
    in.readBytes(bytes, bodyFilled, take);
    bodyFilled += take;
    if (bodyFilled < bodyLength) {
      return null;
    }
    body = null;
    return bodyIsFloat
        ? (Object) Double.longBitsToDouble(java.nio.ByteBuffer.wrap(bytes).getLong())
        : new ByteString(bytes.length == bodyLength ? bytes : Arrays.copyOf(bytes, bodyLength));
  }

  private ByteString word() throws BananaException {
    if (prefixLength > LONG_GROUPS && magnitude().bitLength() >= Long.SIZE
        || !Vocabulary.has(prefix)) {
      throw new BananaException(
          "vocabulary word "
              + (prefixLength > LONG_GROUPS ? magnitude() : prefix)
              + ": expected 1 to "
              + Vocabulary.size());
    }
    if (dialect != Dialect.PB) {
      throw new BananaException(
          "vocabulary word " + prefix + " although dialect pb was not negotiated");
    }
    return Vocabulary.word((int) prefix);
  }

  // ---- expressions beyond a limit ----

  /** Reads past the rest of this expression, if the sink goes on after that. */
  private SkippedExpression exceeded(String reason, Sink sink) throws BananaException {
    SkippedExpression rest = new SkippedExpression(reason, sink.oversized(reason));
    skipped = rest;
    int opened = depth;
    depth = 0;
    for (int i = 0; i < opened; i++) {
      openAt(i).replay(rest);
    }
    return rest;
  }

  /** The expression as a whole has become too long, within an element or right behind one. */
  private void overrun(@Nullable Object element, Sink sink) throws BananaException {
    if (skipped != null) {
      return; // It exceeded another limit just now.
    }
    SkippedExpression rest =
        exceeded("expression longer than " + limits.maxExpressionBytes() + " bytes", sink);
    if (body != null && bodyLength > Pieces.MAX_SHORT_BYTES) {
      body = null;
      rest.drop(bodyLength, (long) bodyLength - bodyFilled);
    }
    skipped(element, rest);
  }

  /** Reads up to one element of an expression that is read past: null when none is told. */
  private @Nullable Object skip(ByteBuf in, SkippedExpression rest, Sink sink)
      throws BananaException {
    if (rest.isDropping()) {
      lastExpressionBytes = expressionBytes + rest.droppable(in.readableBytes());
      in.skipBytes(rest.dropFrom(in.readableBytes()));
      return null;
    }
    if (body != null) {
      return continueBody(in);
    }
    int type = readType(in);
    if (type < 0) {
      return null;
    }
    Object element = null;
    if (type == TypeByte.LIST) {
      rest.list(announced());
    } else if (type == TypeByte.STRING && announced() > Pieces.MAX_SHORT_BYTES) {
      rest.drop(announced(), announced());
    } else {
      element = element(type, in, sink);
    }
    prefix = 0;
    prefixLength = 0;
    return element;
  }

  /** Goes on behind a part of an expression that is read past, of which an element may be left. */
  private void skipped(@Nullable Object element, SkippedExpression rest) throws BananaException {
    rest.spent(expressionBytes);
    lastExpressionBytes = expressionBytes;
    if (element != null) {
      rest.element(element);
    }
    if (rest.isComplete()) {
      skipped = null;
      expressionBytes = 0;
    }
  }
}

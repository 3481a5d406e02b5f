// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one direction of a connection, however it is cut into pieces.
 *
 * <p>State between two pieces is: the {@link Prefix} of an element whose type byte has not come,
 * the {@link Body} of a string or float that is not complete, and the {@link OpenLists}. Everything
 * is bounded by {@link BananaLimits}, and nothing is sized from a number that the peer sent before
 * the bytes that it announces arrive.
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

  private BananaLimits limits;

  private final Window window = new Window();
  private final Prefix prefix = new Prefix();
  private final Body body = new Body();
  private final OpenLists open = new OpenLists();
  private final WholeElements whole = new WholeElements(window, open);

  private long expressionBytes;
  private long lastExpressionBytes;
  private long expressions;
  private boolean paused;

  /** The expression that is being read past. */
  private @Nullable SkippedExpression skipped;

  public BananaReader(BananaLimits limits) {
    this.limits = limits;
  }

  /** Switches after negotiation. Before it, no word may be abbreviated. */
  public void use(Dialect chosen) {
    whole.useWords(chosen == Dialect.PB);
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
      if (isInBulk()) {
        readBulk(in, sink);
      } else {
        readElements(in, sink);
      }
    }
  }

  /** Whether what comes next is so long that it is taken, or dropped, as it arrives. */
  private boolean isInBulk() {
    return body.isOpen() || (skipped != null && skipped.isDropping());
  }

  private void readBulk(ByteBuf in, Sink sink) throws BananaException {
    int before = in.readerIndex();
    Object element = null;
    if (body.isOpen()) {
      element = body.readOn(in);
    } else {
      SkippedExpression rest = java.util.Objects.requireNonNull(skipped);
      lastExpressionBytes = expressionBytes + rest.droppable(in.readableBytes());
      in.skipBytes(rest.dropFrom(in.readableBytes()));
    }
    passed(in.readerIndex() - before, element, sink);
  }

  private void readElements(ByteBuf in, Sink sink) throws BananaException {
    window.open(in);
    try {
      while (window.hasMore() && !paused && !isInBulk()) {
        int before = window.at;
        Object element = mayReadWhole() ? whole.read(limits) : null;
        if (element != null) {
          expressionBytes += window.at - before;
          deliver(element, sink);
        } else if (window.hasMore()) {
          element = readElement(before, sink);
          passed(window.at - before, element, sink);
        } else {
          expressionBytes += window.at - before;
        }
      }
    } finally {
      window.close();
    }
  }

  /** Whether we are between two elements, and nothing in the window can become too long. */
  private boolean mayReadWhole() {
    return skipped == null
        && !prefix.hasBegun()
        && expressionBytes + window.left() <= limits.maxExpressionBytes();
  }

  /** Some bytes have been read, which may have completed an element. */
  private void passed(int bytes, @Nullable Object element, Sink sink) throws BananaException {
    expressionBytes += bytes;
    SkippedExpression rest = skipped;
    if (rest != null) {
      skipped(element, rest);
    } else if (expressionBytes > limits.maxExpressionBytes()) {
      overrun(element, sink);
    } else if (element != null) {
      deliver(element, sink);
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
    return open.depth() > 0 || body.isOpen() || prefix.hasBegun() || skipped != null;
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
    Object expression = open.add(element);
    if (expression != null) {
      lastExpressionBytes = expressionBytes;
      expressionBytes = 0;
      open.begin();
      expressions++;
      sink.expression(expression);
    }
  }

  // ---- elements ----

  /**
   * Reads up to one element; null when it is not complete, or when it opened a list.
   *
   * @param counted where the bytes begin that do not count as the expression's yet
   */
  private @Nullable Object readElement(int counted, Sink sink) throws BananaException {
    int type = prefix.readType(window);
    if (type == Prefix.UNFINISHED) {
      return null;
    }
    SkippedExpression rest = skipped;
    if (rest == null && expressionBytes + window.at - counted > limits.maxExpressionBytes()) {
      rest = exceeded(tooLong(), sink); // However it was cut, this limit was crossed first.
    }
    if (type == Prefix.TOO_LONG) {
      throw new BananaException("prefix longer than " + BananaLimits.MAX_PREFIX_BYTES + " bytes");
    }
    Object element = rest == null ? element(type, sink) : skippedElement(type, rest, sink);
    prefix.clear();
    return element;
  }

  private @Nullable Object element(int type, Sink sink) throws BananaException {
    return switch (type) {
      case TypeByte.LIST -> list(sink);
      case TypeByte.INTEGER, TypeByte.LARGE -> prefix.integer(false);
      case TypeByte.NEGATIVE, TypeByte.LARGE_NEGATIVE -> prefix.integer(true);
      case TypeByte.STRING -> string(sink);
      case TypeByte.FLOAT -> floating();
      case TypeByte.WORD -> word();
      default -> throw new BananaException("unassigned type byte 0x" + Integer.toHexString(type));
    };
  }

  private @Nullable Object list(Sink sink) throws BananaException {
    long size = prefix.size();
    if (size > limits.maxSize()) {
      exceeded(tooLarge("list"), sink).list(size);
    } else if (size == 0) {
      return BananaList.EMPTY;
    } else if (open.depth() == limits.maxDepth()) {
      exceeded("lists nested deeper than " + open.depth(), sink).list(size);
    } else if (!open.tryCount(size, limits)) {
      exceeded(tooMany(size), sink).list(size);
    } else {
      open.open((int) size);
    }
    return null;
  }

  private @Nullable Object string(Sink sink) throws BananaException {
    long size = prefix.size();
    if (size > limits.maxSize()) {
      exceeded(tooLarge("string"), sink).drop(size, size);
      return null;
    }
    int length = (int) size;
    if (length > window.left()) {
      body.begin(length, window.arrived(), false);
      return null;
    }
    return whole.string(length);
  }

  private @Nullable Object floating() {
    if (Double.BYTES > window.left()) {
      body.begin(Double.BYTES, window.arrived(), true);
      return null;
    }
    return window.takeDouble();
  }

  private ByteString word() throws BananaException {
    long number = prefix.size();
    if (!Vocabulary.has(number)) {
      throw new BananaException(
          "vocabulary word " + prefix + ": expected 1 to " + Vocabulary.size());
    }
    if (!whole.takesWords()) {
      throw new BananaException(
          "vocabulary word " + prefix + " although dialect pb was not negotiated");
    }
    return Vocabulary.word((int) number);
  }

  private String tooLarge(String what) {
    return what + " of " + prefix + " announced: at most " + limits.maxSize() + " allowed";
  }

  private String tooMany(long size) {
    return "lists of "
        + (open.items() + size)
        + " elements together announced: at most "
        + limits.maxItems()
        + " allowed in one expression";
  }

  // ---- expressions beyond a limit ----

  /** Reads past the rest of this expression, if the sink goes on after that. */
  private SkippedExpression exceeded(String reason, Sink sink) throws BananaException {
    SkippedExpression rest = new SkippedExpression(reason, sink.oversized(reason));
    skipped = rest;
    open.replay(rest);
    return rest;
  }

  /** The expression as a whole has become too long, within an element or right behind one. */
  private void overrun(@Nullable Object element, Sink sink) throws BananaException {
    SkippedExpression rest = exceeded(tooLong(), sink);
    if (body.isOpen() && body.length() > Pieces.MAX_SHORT_BYTES) {
      body.abandon();
      rest.drop(body.length(), body.missing());
    }
    skipped(element, rest);
  }

  private String tooLong() {
    return "expression longer than " + limits.maxExpressionBytes() + " bytes";
  }

  /** Takes an element of an expression that is read past: null when none is told. */
  private @Nullable Object skippedElement(int type, SkippedExpression rest, Sink sink)
      throws BananaException {
    if (type == TypeByte.LIST) {
      rest.list(prefix.size());
    } else if (type == TypeByte.STRING && prefix.size() > Pieces.MAX_SHORT_BYTES) {
      rest.drop(prefix.size(), prefix.size());
    } else {
      return element(type, sink);
    }
    return null;
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
      open.begin();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How bytes reach a reader. The outcome may not depend on it. */
public enum Feeding {
  WHOLE {
    @Override
    void feed(BananaReader reader, byte[] bytes, BananaReader.Sink sink) throws BananaException {
      reader.feed(Unpooled.wrappedBuffer(bytes), sink);
    }
  },
  BYTE_BY_BYTE {
    @Override
    void feed(BananaReader reader, byte[] bytes, BananaReader.Sink sink) throws BananaException {
      ByteBuf in = Unpooled.wrappedBuffer(bytes);
      for (int i = 1; i <= bytes.length; i++) {
        reader.feed(in.writerIndex(i), sink);
      }
    }
  },
  /** In so few that a long run has time for many inputs; a short one byte by byte. */
  IN_SOME_PIECES {
    @Override
    void feed(BananaReader reader, byte[] bytes, BananaReader.Sink sink) throws BananaException {
      ByteBuf in = Unpooled.wrappedBuffer(bytes).writerIndex(0);
      for (int cut : somePieces(bytes.length)) {
        reader.feed(in.writerIndex(in.writerIndex() + cut), sink);
      }
    }
  },
  /** Followed in the same delivery by the beginning of another expression. */
  WITH_TRAILING_BYTES {
    @Override
    void feed(BananaReader reader, byte[] bytes, BananaReader.Sink sink) throws BananaException {
      reader.feed(Unpooled.wrappedBuffer(bytes, BEGINNING), sink);
    }
  };

  private static final byte[] BEGINNING = {2, (byte) 0x80, 1, (byte) 0x81};

  private static final int SOME = 48;

  /** The sizes of the pieces, which are all of the bytes. */
  static List<Integer> somePieces(int bytes) {
    int size = 1 + bytes / SOME;
    List<Integer> sizes = new ArrayList<>();
    for (int from = 0; from < bytes; from += size) {
      sizes.add(Math.min(size, bytes - from));
    }
    return sizes;
  }

  abstract void feed(BananaReader reader, byte[] bytes, BananaReader.Sink sink)
      throws BananaException;

  /**
   * What a reader made of bytes.
   *
   * @param expressions delivered before the end or the error
   * @param error the broken rule, or null
   * @param inside whether the reader waits for more of an expression
   */
  public record Outcome(List<Object> expressions, @Nullable String error, boolean inside) {}

  /**
   * Feeds a fresh reader.
   *
   * @param dialect null before negotiation
   */
  public Outcome read(byte[] bytes, @Nullable Dialect dialect, BananaLimits limits) {
    BananaReader reader = new BananaReader(limits);
    if (dialect != null) {
      reader.use(dialect);
    }
    List<Object> expressions = new ArrayList<>();
    try {
      feed(reader, bytes, expressions::add);
      return new Outcome(expressions, null, reader.isInside());
    } catch (BananaException e) {
      return new Outcome(expressions, e.getMessage(), reader.isInside());
    }
  }

  /** Feeds bytes that are one whole expression. */
  public Object readOne(byte[] bytes, Dialect dialect) {
    Outcome outcome = read(bytes, dialect, BananaLimits.DEFAULT);
    if (outcome.error() != null || outcome.expressions().size() != 1) {
      throw new AssertionError("expected one expression, found " + outcome);
    }
    return outcome.expressions().get(0);
  }

  /** The bytes of one expression. */
  public static byte[] written(Object expression, Dialect dialect) {
    ByteBuf out = Unpooled.buffer();
    new BananaWriter(out, dialect, BananaLimits.DEFAULT).expression(expression);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  /** Equality in which a NaN is its bits and -0.0 is not 0.0, told as a predicate for AssertJ. */
  static Predicate<Object> sameAs(Object expected) {
    return actual -> same(expected, actual);
  }

  static boolean same(Object a, Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
    }
    if (a instanceof BananaList x && b instanceof BananaList y && x.size() == y.size()) {
      for (int i = 0; i < x.size(); i++) {
        if (!same(x.get(i), y.get(i))) {
          return false;
        }
      }
      return true;
    }
    return a.equals(b);
  }
}

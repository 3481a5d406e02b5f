// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The beginning of a list that is written again and again, encoded once.
 *
 * <p>Thread: any.
 */
public final class BananaHead {
  private static final int MAX_FIRST_BYTES = 24;

  final byte[] encoded;

  private BananaHead(byte[] encoded) {
    this.encoded = encoded;
  }

  /**
   * The head of a list of so many elements, the first of which is a string.
   *
   * @throws IllegalArgumentException for a word of the vocabulary, which dialects write
   *     differently, and for a string of more than 24 bytes
   */
  public static BananaHead of(int size, ByteString first) {
    if (first.word() != 0) {
      throw new IllegalArgumentException(first + " is a word of the vocabulary");
    }
    if (first.size() > MAX_FIRST_BYTES) {
      throw new IllegalArgumentException(
          first + " has " + first.size() + " bytes: expected at most " + MAX_FIRST_BYTES);
    }
    ByteBuf out = Unpooled.buffer();
    BananaWriter writer = new BananaWriter(out, Dialect.NONE, BananaLimits.DEFAULT);
    writer.list(size);
    writer.string(first);
    return new BananaHead(ByteBufUtil.getBytes(out));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns pieces of a byte stream into text, wherever the pieces were cut. Bytes that are not UTF-8
 * become U+FFFD.
 */
final class Utf8Reader {
  /** A cut character leaves at most this many bytes behind. */
  private static final int MAX_REST = 4;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer in;
  private final CharBuffer out;

  /** Takes pieces of at most {@code maxBytes}. */
  Utf8Reader(int maxBytes) {
    in = ByteBuffer.allocate(maxBytes + MAX_REST);
    out = CharBuffer.allocate(maxBytes + MAX_REST); // UTF-8 never has more characters than bytes.
  }

  /** The text of the next bytes, as far as their last character is whole. */
  String text(byte[] bytes, int length) {
    in.put(bytes, 0, length).flip();
    decoder.decode(in, out, false);
    in.compact();
    return taken();
  }

  /** The text of what was left at the end of the stream. */
  String end() {
    in.flip();
    decoder.decode(in, out, true);
    decoder.flush(out);
    return taken();
  }

  private String taken() {
    String text = out.flip().toString();
    out.clear();
    return text;
  }
}

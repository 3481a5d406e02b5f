// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An immutable string of bytes: Python's {@code bytes}, Banana's only string. Never text: Python's
 * {@code str} is {@link java.lang.String}, and the two never mix on the wire.
 *
 * <p>Thread: any.
 */
public final class ByteString implements Comparable<ByteString> {
  public static final ByteString EMPTY = new ByteString(new byte[0]);

  private static final int MAX_SHOWN = 64;

  final byte[] bytes;

  /**
   * 0 until somebody asks, as in String: payloads are seldom asked. A race costs a second count.
   */
  private int hash;

  /** The number as a word of the vocabulary, 0 for none; -1 until somebody asks. */
  private byte word = -1;

  /** The text, once somebody asked for it. A race costs a second decoding, nothing else. */
  private @Nullable String text;

  /** Takes the array as its own; whoever calls must not touch it again. */
  ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  public static ByteString copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
  }

  /**
   * Encodes text as UTF-8.
   *
   * @throws IllegalArgumentException when the text has a lone surrogate
   */
  public static ByteString utf8(String text) {
    return new ByteString(Utf8.encode(text));
  }

  public int size() {
    return bytes.length;
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** A view that cannot be written to; no copy. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Writes all of it, without a copy of its own: the stream must not keep or change the array. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /**
   * Decodes strict UTF-8.
   *
   * @throws IllegalArgumentException when these bytes are not UTF-8
   */
  public String utf8() {
    String known = text;
    if (known == null) {
      known = isAscii() ? new String(bytes, StandardCharsets.ISO_8859_1) : decoded();
      text = known;
    }
    return known;
  }

  private String decoded() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8: " + this, e);
    }
  }

  /** Whether these bytes are strict UTF-8. */
  public boolean isUtf8() {
    try {
      utf8();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The number as a word of the vocabulary, or 0. */
  int word() {
    int known = word;
    if (known < 0) {
      known = Vocabulary.numberOf(this);
      word = (byte) known;
    }
    return known;
  }

  private boolean isAscii() {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether these are the bytes of an array from a place on. */
  boolean sameBytes(byte[] other, int at, int length) {
    return length == bytes.length && Arrays.equals(bytes, 0, length, other, at, at + length);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o || (o instanceof ByteString other && Arrays.equals(bytes, other.bytes));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = bytes.length;
      for (byte each : bytes) {
        known = 31 * known + each;
      }
      hash = known;
    }
    return known;
  }

  @Override
  public int compareTo(ByteString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /** Printable ASCII in quotes, else hex; cut when long. */
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, MAX_SHOWN);
    String cut = bytes.length > MAX_SHOWN ? "… (" + bytes.length + " bytes)" : "";
    for (int i = 0; i < shown; i++) {
      if (bytes[i] < ' ' || bytes[i] > '~') {
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + cut;
      }
    }
    return '"' + new String(bytes, 0, shown, StandardCharsets.US_ASCII) + '"' + cut;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Finds the common name ({@code CN=}) in a distinguished one, which the JDK has read and written
 * again, so that it is well-formed DER:
 *
 * <pre>
 * 30 length                      the name, from its most general part to its most particular
 *   31 length                    a part
 *     30 length                  an attribute; a part has one, as a rule
 *       06 03 55 04 03           common name
 *       0c length text           in UTF-8; or 13, 14, 16 (one byte each), 1e (two)
 * </pre>
 */
final class CommonName {
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
  private static final int UTF8_STRING = 0x0c;
  private static final int BMP_STRING = 0x1e;

  private CommonName() {}

  /** The most particular one. */
  static Optional<String> of(X500Principal name) {
    Optional<String> found = Optional.empty();
    ByteBuffer parts = content(ByteBuffer.wrap(name.getEncoded()));
    while (parts.hasRemaining()) {
      ByteBuffer attributes = content(parts);
      while (attributes.hasRemaining()) {
        Optional<String> here = commonName(content(attributes));
        found = here.isPresent() ? here : found;
      }
    }
    return found;
  }

  private static Optional<String> commonName(ByteBuffer attribute) {
    if (!Arrays.equals(bytes(content(attribute)), COMMON_NAME)) {
      return Optional.empty();
    }
    Charset charset =
        switch (attribute.get(attribute.position())) {
          case UTF8_STRING -> StandardCharsets.UTF_8;
          case BMP_STRING -> StandardCharsets.UTF_16BE;
          default -> StandardCharsets.ISO_8859_1;
        };
    return Optional.of(new String(bytes(content(attribute)), charset));
  }

  /** What the next element holds; the reader stands behind it. */
  private static ByteBuffer content(ByteBuffer in) {
    in.get(); // Which element it is, its place says.
    int length = in.get() & 0xff;
    if (length >= 0x80) {
      int digits = length & 0x7f;
      length = 0;
      for (int i = 0; i < digits; i++) {
        length = length << 8 | in.get() & 0xff;
      }
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }
}

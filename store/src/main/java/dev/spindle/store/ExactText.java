// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import java.nio.charset.StandardCharsets;

/**
 * Text in a column of any type, kept to the last character.
 *
 * <p>SQLite keeps text as UTF-8, which has no form for half of a surrogate pair. A worker may cut
 * its output in the middle of one, so such a text is kept as a BLOB of UTF-16, high byte first.
 */
final class ExactText {
  private ExactText() {}

  static Object toColumn(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : utf16(text);
  }

  static String fromColumn(Object column) {
    return column instanceof byte[] utf16 ? text(utf16) : (String) column;
  }

  // By hand, since the charset UTF-16 replaces what is not valid.
  private static byte[] utf16(String text) {
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  private static String text(byte[] utf16) {
    char[] chars = new char[utf16.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (utf16[2 * i] << 8 | utf16[2 * i + 1] & 0xff);
    }
    return new String(chars);
  }
}

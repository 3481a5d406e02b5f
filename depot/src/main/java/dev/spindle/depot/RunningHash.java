// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and MD5 of the bytes so far, in one pass. Not thread-safe. */
final class RunningHash {
  private final MessageDigest sha256 = digest("SHA-256");
  private final MessageDigest md5 = digest("MD5");
  private long size;

  void update(byte[] bytes, int offset, int count) {
    sha256.update(bytes, offset, count);
    md5.update(bytes, offset, count);
    size += count;
  }

  long size() {
    return size;
  }

  /** The hash of everything; nothing may follow. */
  ContentHash finish() {
    HexFormat hex = HexFormat.of();
    return new ContentHash(
        size, new Sha256(hex.formatHex(sha256.digest())), hex.formatHex(md5.digest()));
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no " + name, e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

/** How strings that are words of the vocabulary may be written. */
public enum Dialect {
  /** Every string in full. */
  NONE("none"),
  /** A vocabulary word is written as its number. */
  PB("pb");

  private final ByteString wireName;

  Dialect(String wireName) {
    this.wireName = ByteString.utf8(wireName);
  }

  public ByteString wireName() {
    return wireName;
  }
}

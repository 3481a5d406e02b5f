// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

/**
 * The type bytes. Each element is a base-128 prefix, least significant group first, then one of
 * these, then perhaps a body:
 *
 * <pre>
 *  0vvvvvvv 0vvvvvvv … 1ttttttt [body]
 * </pre>
 *
 * <p>Source: Perspective Broker reference, section 3.1.
 */
final class TypeByte {
  static final int LIST = 0x80;
  static final int INTEGER = 0x81;
  static final int STRING = 0x82;
  static final int NEGATIVE = 0x83;
  static final int FLOAT = 0x84;
  static final int LARGE = 0x85;
  static final int LARGE_NEGATIVE = 0x86;
  static final int WORD = 0x87;

  private TypeByte() {}
}

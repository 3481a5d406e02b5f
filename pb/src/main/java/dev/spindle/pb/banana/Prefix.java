// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The number before a type byte, as far as it has come: seven bits a byte, the least significant
 * first.
 *
 * <p>Source: Perspective Broker reference, sections 3.1 and 3.3.
 */
final class Prefix {
  /** Instead of a type byte: it has not come. */
  static final int UNFINISHED = -1;

  /** Instead of a type byte: what comes next would make the prefix longer than allowed. */
  static final int TOO_LONG = -2;

  /** Bytes that fit a {@code long} without its sign bit. */
  private static final int LONG_GROUPS = 9;

  private long value;
  private int length;

  /** The bytes from the tenth on; most connections never need it. */
  private byte @Nullable [] rest;

  boolean hasBegun() {
    return length > 0;
  }

  void clear() {
    value = 0;
    length = 0;
  }

  /** Reads on, and the type byte behind it, or says why there is none. */
  int readType(Window window) {
    byte[] bytes = window.bytes;
    int at = window.at;
    int end = window.end;
    while (at < end) {
      int b = bytes[at++];
      if (b < 0) {
        window.at = at;
        return b & 0xff;
      }
      if (length < LONG_GROUPS) {
        value |= (long) b << (7 * length++);
      } else if (length < BananaLimits.MAX_PREFIX_BYTES) {
        addToRest(b);
      } else {
        window.at = at - 1;
        return TOO_LONG;
      }
    }
    window.at = at;
    return UNFINISHED;
  }

  private void addToRest(int group) {
    if (rest == null) {
      rest = new byte[BananaLimits.MAX_PREFIX_BYTES];
    }
    rest[length++] = (byte) group;
  }

  /** As a size, or more than any that is read past. */
  long size() {
    for (int i = LONG_GROUPS; i < length; i++) {
      if (rest()[i] != 0) {
        return Long.MAX_VALUE;
      }
    }
    return value;
  }

  /** As an integer: a Long where it fits. */
  Object integer(boolean negative) {
    if (length <= LONG_GROUPS) {
      return negative ? -value : value;
    }
    BigInteger number = negative ? magnitude().negate() : magnitude();
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private BigInteger magnitude() {
    BigInteger high = BigInteger.ZERO;
    for (int i = length - 1; i >= LONG_GROUPS; i--) {
      high = high.shiftLeft(7).or(BigInteger.valueOf(rest()[i]));
    }
    return high.shiftLeft(7 * LONG_GROUPS).or(BigInteger.valueOf(value));
  }

  private byte[] rest() {
    return java.util.Objects.requireNonNull(rest);
  }

  /** The number, for a message. */
  @Override
  public String toString() {
    return integer(false).toString();
  }
}

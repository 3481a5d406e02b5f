// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** Choices that bytes make, each the next of them: a change of one byte changes one choice. */
final class Choices {
  private final byte[] bytes;
  private int next;

  Choices(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A number from 0 to one below the bound; the lowest when no bytes are left. */
  int below(int bound) {
    if (!areLeft()) {
      return 0;
    }
    int choice = bytes[next++] & 0xff;
    if (bound > 256 && areLeft()) {
      choice = choice << 8 | bytes[next++] & 0xff;
    }
    return choice % bound;
  }

  boolean areLeft() {
    return next < bytes.length;
  }
}

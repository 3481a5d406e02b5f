// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * Something of ours that the other side holds, and how often.
 *
 * <p>Thread: the connection's.
 */
abstract class Counted {
  /** A Long number or a name. */
  final Object id;

  /** Occurrences sent and not yet paid back. */
  int count;

  /**
   * Calls of ours that mention this and are not yet answered. While there are any it may still come
   * home: Twisted may let go of what it was sent before the answer that returns it (reference,
   * section 10.4).
   */
  int mentions;

  Counted(Object id) {
    this.id = id;
  }

  /** Whether the other side has let go of it. Names are not counted. */
  final boolean isRetired() {
    return count == 0 && id instanceof Long;
  }

  /** Every occurrence was in a message that could not be sent. */
  abstract void unsent();

  /** No call mentions it any more, and nobody holds it. */
  abstract void forget();
}

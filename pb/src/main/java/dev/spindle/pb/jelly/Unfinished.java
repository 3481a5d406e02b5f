// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.UnsendableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader at Twisted does not know yet while a value is written: an object that is mentioned
 * within itself, and a tuple or a set, which is made only when all its members are known.
 *
 * <p>Twisted 22.4 fails at a tuple that it could not make at once, has made since, and finds
 * mentioned again: as a call's argument that costs the call, as an answer the connection. One that
 * is mentioned within itself it makes, and leaves something else in the place of that mention. Such
 * values are refused here. It takes a tuple, or a set, that is part of a cycle which begins further
 * out, and is mentioned once more.
 */
final class Unfinished {
  private int begun;

  /** The outermost of what the parts so far wait for. */
  private Sharing.@Nullable Met waiting;

  void clear() {
    begun = 0;
    waiting = null;
  }

  /** An object begins that is mentioned once. What is answered goes to its {@link #end}. */
  Sharing.@Nullable Met begin() {
    return waiting;
  }

  void end(Object value, Sharing.@Nullable Met before) {
    if (waiting != null && isKnownAtOnce(value)) {
      waiting = before;
    }
  }

  /** An object begins that is mentioned more than once. */
  Sharing.@Nullable Met begin(Sharing.Met object) {
    Sharing.Met before = waiting;
    waiting = null;
    object.begun = ++begun;
    return before;
  }

  /**
   * @throws UnsendableException when Twisted would fail at it
   */
  void end(Object value, Sharing.Met object, Sharing.@Nullable Met before) {
    object.ended = true;
    object.waitedFor = isKnownAtOnce(value) || waiting == object ? null : waiting;
    waiting = outermost(before, object.waitedFor);
    if (object.waitedFor != null && object.mentionedWithin) {
      throw unreadable();
    }
  }

  /** A list, a dict or a copy is there before its members are. */
  private static boolean isKnownAtOnce(Object value) {
    return !(value instanceof Tuple || value instanceof Set);
  }

  private static Sharing.@Nullable Met outermost(
      Sharing.@Nullable Met one, Sharing.@Nullable Met other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.begun < other.begun ? one : other;
  }

  /**
   * An object is mentioned again.
   *
   * @throws UnsendableException when Twisted would fail at that
   */
  void mention(Sharing.Met object) {
    object.mentionedWithin |= !object.ended;
    Sharing.Met unknown = object;
    while (unknown != null && unknown.ended) {
      unknown = unknown.waitedFor;
    }
    if (unknown != null) {
      waiting = outermost(waiting, unknown);
    } else if (object.waitedFor != null) {
      throw unreadable();
    }
  }

  private static UnsendableException unreadable() {
    return new UnsendableException(
        "a tuple or a set that holds itself and is mentioned again: Twisted cannot read it");
  }
}

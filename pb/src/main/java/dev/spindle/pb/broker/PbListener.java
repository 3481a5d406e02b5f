// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens on connections, for metrics, tracing and logs. Every method does nothing
 * unless overridden.
 *
 * <p>Thread: each method says; on a connection's own thread it must not block. One that throws
 * costs a line in the log and nothing else.
 *
 * <p>Never told: arguments, answers and secrets. Texts that the other side chose (names of unknown
 * methods, of who tried to log in) are as long and as strange as it made them within the limits.
 */
public interface PbListener {

  /** A connection is up; no dialect is agreed on yet. On its thread. */
  default void opened(PbConnection connection) {}

  /** The end of a connection that was {@link #opened}, whoever ended it. On its thread. */
  default void closed(PbConnection connection, ConnectionLostException why) {}

  /**
   * This side ends a connection because the other broke the protocol, a size or a time limit;
   * {@link #closed} follows. On its thread.
   */
  default void dropped(PbConnection connection, String why) {}

  /**
   * Somebody logged in: there if this is a server, we ourselves if it is a client. On any thread.
   *
   * @param who the name that was given, or at a server the subject of the certificate; else empty
   */
  default void loginSucceeded(PbConnection connection, String who) {}

  /**
   * A login failed, whatever for. On any thread.
   *
   * @param who the name that was tried, or at a server the subject of the certificate; else empty
   */
  default void loginRefused(PbConnection connection, String who, Throwable why) {}

  /**
   * A call begins: one of the other side's when it has arrived, one of ours when it is made. On the
   * connection's thread, or for one of ours that of whoever makes it.
   */
  default void callStarted(PbConnection connection, Call call) {}

  /**
   * The end of a call that was {@link #callStarted}; {@code call} is the same object. On the
   * connection's thread; of one of ours that was never sent, on that of whoever made it.
   */
  default void callEnded(PbConnection connection, Call call, CallEnd end) {}

  /**
   * Something that arrived was not read: a type that is not registered, something malformed, a
   * message beyond a limit. Its call failed. On the connection's thread.
   */
  default void valueRefused(PbConnection connection, String why) {}

  /** Who calls whom. */
  enum Direction {
    /** The other side calls us. */
    IN,
    /** We call the other side. */
    OUT
  }

  /**
   * A call.
   *
   * @param method its name; empty when it has none that can be read
   * @param isKnown whether the name is one of this program's: of an exposed method, or called from
   *     here. Any other was made up by the peer: to keep counts by it would be to let the peer fill
   *     the memory
   */
  record Call(Direction direction, String method, boolean isKnown) {}

  /** How a call came out. */
  enum Outcome {
    /** With a value, or sent when no answer is wanted. */
    ANSWERED,
    /** With an error of the method that was called, or because it could not be called. */
    FAILED,
    /** With an answer that cannot be read here. */
    UNREADABLE,
    /** Ours was not sent: its arguments could not be, or the connection was not there. */
    NOT_SENT,
    DEADLINE_EXCEEDED,
    /** Ours was given up in another way. */
    CANCELLED,
    /** The connection ended before the answer. */
    LOST
  }

  /**
   * The end of a call.
   *
   * @param duration from when it was made, or had arrived, to its answer
   * @param requestBytes its message on the wire; 0 when not sent
   * @param answerBytes the answer's message on the wire; 0 without one
   * @param error what it failed with, if it did
   */
  record CallEnd(
      Outcome outcome,
      Duration duration,
      long requestBytes,
      long answerBytes,
      @Nullable Throwable error) {}
}

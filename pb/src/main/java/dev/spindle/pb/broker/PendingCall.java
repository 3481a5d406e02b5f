// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbListener.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of ours, from the moment it is made to its end. Also the task that sends it. */
abstract class PendingCall extends ConnectionFuture<@Nullable Object> implements Runnable {
  private static final @Nullable Object[] LET_GO = {};

  final ByteString method;
  final boolean wanted;
  private final Answer answer;

  /** Let go of once they are written; only for the connection's thread. */
  @Nullable Object[] args;

  Map<String, ? extends @Nullable Object> keywords;

  /** What of ours the arguments mention; set when sent. */
  List<Counted> mentioned = List.of();

  /** Its number while the other side owes the answer; else null. */
  @Nullable Long request;

  /** When it has to have ended; null when it may take any time. */
  @Nullable Due due;

  /** What a listener is told of it; null without one. */
  @Nullable ObservedCall observed;

  PendingCall(
      Broker broker,
      ByteString method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted,
      Answer answer) {
    super(broker);
    this.method = method;
    this.args = args;
    this.keywords = keywords;
    this.wanted = wanted;
    this.answer = answer;
  }

  /** The kind of message that it is sent as. */
  abstract ByteString command();

  /** Whose method is called: a Long number or a name. */
  abstract Object targetId();

  /** On whose behalf the arguments are sent, or null. */
  abstract @Nullable Object perspective();

  @Override
  public final void run() {
    broker.outbox().sendQueued(this);
  }

  /** The arguments are not needed any more. */
  final void letGoOfArguments() {
    args = LET_GO;
    keywords = Map.of();
  }

  /** Ends the call with the value that arrived, as the type that its caller wants. */
  void answered(@Nullable Object value) {
    Object converted;
    try {
      converted = answer.read(value);
    } catch (RuntimeException e) {
      fail(Outcome.UNREADABLE, e);
      return;
    }
    if (observed != null) {
      observed.ended(Outcome.ANSWERED, null);
    }
    complete(converted);
  }

  /** Ends it with an exception that tells of this call, in the place of a stack. */
  void fail(Outcome outcome, Exception failure) {
    String object = targetId() instanceof ByteString name ? name.utf8() : targetId().toString();
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(
              "remote[" + object + "]", method.utf8(), String.valueOf(broker.remoteAddress()), -1)
        });
    if (observed != null) {
      observed.ended(outcome, failure);
    }
    completeExceptionally(failure);
  }

  /** The answer, or the error, may not or cannot be read. */
  void unreadable(ByteString command, @Nullable String why, @Nullable Throwable cause) {
    fail(
        Outcome.UNREADABLE,
        new UnreadableAnswerException(
            "the " + command.utf8() + " of '" + method.utf8() + "' cannot be read: " + why, cause));
  }

  /** Its time is over. */
  final void expire(Due due) {
    DeadlineExceededException why =
        new DeadlineExceededException(
            method.utf8(), due.after(), String.valueOf(broker.remoteAddress()), request != null);
    letGoOfArguments();
    fail(Outcome.DEADLINE_EXCEEDED, why);
  }

  // ---- ended by whoever made the call: its late answer is nobody's ----

  @Override
  public final boolean complete(@Nullable Object value) {
    return super.complete(value) && gaveUp();
  }

  @Override
  public final boolean completeExceptionally(Throwable why) {
    return super.completeExceptionally(why) && gaveUp();
  }

  @Override
  public final boolean cancel(boolean mayInterrupt) {
    // Not only when it was this that ended it: cancelling twice is true twice, and harmless.
    return super.cancel(mayInterrupt) && gaveUp();
  }

  private boolean gaveUp() {
    if (request != null) {
      broker.outbox().gaveUp(this);
    }
    return true;
  }

  @Override
  protected final String awaited() {
    return "the answer of '" + method.utf8() + "'";
  }
}

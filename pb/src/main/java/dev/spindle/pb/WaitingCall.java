// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.Link;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A call that outlives connections until it is sent on one. */
final class WaitingCall extends AnswerFuture<@Nullable Object> {
  private static final @Nullable Object[] LET_GO = {};

  private final WaitingRoom room;
  private final String method;
  private final boolean wanted;
  private final UnaryOperator<@Nullable Object> reading;
  private final long deadlineNanos;
  private final long due;

  private volatile @Nullable Object[] args;
  private volatile Map<String, ? extends @Nullable Object> keywords;

  /** The call on a connection, once there is one. */
  private volatile @Nullable CompletableFuture<@Nullable Object> sent;

  /** Ends the wait; guarded by the room. */
  Link.@Nullable Timer timer;

  /**
   * @param reading makes of an answer what the caller gets, or throws what the call fails with
   */
  WaitingCall(
      WaitingRoom room,
      String method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted,
      UnaryOperator<@Nullable Object> reading,
      long deadlineNanos) {
    super("the answer of '" + method + "'");
    this.room = room;
    this.method = method;
    this.args = args;
    this.keywords = keywords;
    this.wanted = wanted;
    this.reading = reading;
    this.deadlineNanos = deadlineNanos;
    this.due = deadlineNanos == 0 ? 0 : room.nanoTime() + deadlineNanos;
  }

  boolean hasDeadline() {
    return deadlineNanos != 0;
  }

  Duration timeLeft() {
    return Duration.ofNanos(due - room.nanoTime());
  }

  /** Calls, now that there is a connection. */
  void go(RemoteReference target) {
    if (isDone()) {
      return;
    }
    RemoteReference callee = target;
    if (hasDeadline()) {
      Duration left = timeLeft();
      if (left.isNegative() || left.isZero()) {
        expire();
        return;
      }
      callee = target.withDeadline(left);
    }
    try {
      begin(target, callee);
    } catch (RuntimeException e) { // A method name that is no text, for one.
      completeExceptionally(e);
    }
  }

  private void begin(RemoteReference target, RemoteReference callee) {
    if (wanted) {
      CompletableFuture<@Nullable Object> call = callee.call(method, args, keywords);
      sent = call;
      call.whenComplete((value, error) -> ended(target, value, error));
    } else {
      callee.send(method, args, keywords);
      letGo();
      complete(null);
    }
  }

  private void ended(RemoteReference target, @Nullable Object value, @Nullable Throwable error) {
    if (error instanceof DeadReferenceException && room.hasLost(target) && !isDone()) {
      sent = null;
      room.enter(this); // Nothing was sent: it is as if it came now.
      return;
    }
    letGo();
    if (error == null) {
      read(value);
    } else if (error instanceof DeadlineExceededException late) {
      completeExceptionally(exceeded(late.wasSent()));
    } else {
      completeExceptionally(error);
    }
  }

  private void read(@Nullable Object value) {
    try {
      complete(reading.apply(value));
    } catch (RuntimeException e) {
      completeExceptionally(e);
    }
  }

  /** Its time was over before there was a connection. */
  void expire() {
    completeExceptionally(exceeded(false));
  }

  /** With the time that the caller gave, of which a part may have gone by before it was sent. */
  private DeadlineExceededException exceeded(boolean wasSent) {
    return new DeadlineExceededException(
        method, Duration.ofNanos(deadlineNanos), room.peer(), wasSent);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean cancelled = super.cancel(mayInterrupt);
    CompletableFuture<@Nullable Object> call = sent;
    if (call != null) {
      call.cancel(mayInterrupt);
    } else {
      room.leave(this);
    }
    letGo();
    return cancelled;
  }

  /** Its arguments are not needed any more. */
  void letGo() {
    args = LET_GO;
    keywords = Map.of();
  }
}

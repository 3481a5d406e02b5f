// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.Link;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call that outlives connections until it is sent on one. */
final class WaitingCall extends AnswerFuture<@Nullable Object> {
  private final WaitingRoom room;
  private final String method;
  private final long deadlineNanos;
  private final long due;

  /** Makes the call; null once its arguments are not needed any more. */
  private volatile @Nullable Function<RemoteReference, CompletableFuture<@Nullable Object>> calling;

  /** The call on a connection, once there is one. */
  private volatile @Nullable CompletableFuture<@Nullable Object> sent;

  /** Ends the wait; guarded by the room. */
  Link.@Nullable Timer timer;

  /**
   * @param calling makes the call on the connection that there is
   */
  WaitingCall(
      WaitingRoom room,
      String method,
      Function<RemoteReference, CompletableFuture<@Nullable Object>> calling,
      long deadlineNanos) {
    super("the answer of '" + method + "'");
    this.room = room;
    this.method = method;
    this.calling = calling;
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
    RemoteReference callee = target;
    if (hasDeadline()) {
      Duration left = timeLeft();
      if (left.isNegative() || left.isZero()) {
        expire();
        return;
      }
      callee = target.withDeadline(left);
    }
    Function<RemoteReference, CompletableFuture<@Nullable Object>> made = calling;
    if (made == null || isDone()) {
      return;
    }
    try {
      begun(target, made.apply(callee));
    } catch (RuntimeException e) { // A method name that is no text, for one.
      completeExceptionally(e);
    }
  }

  private void begun(RemoteReference target, CompletableFuture<@Nullable Object> call) {
    sent = call;
    if (isDone()) {
      call.cancel(false); // Given up meanwhile, by somebody who saw nothing that was sent.
    }
    call.whenComplete((value, error) -> ended(target, value, error));
  }

  private void ended(RemoteReference target, @Nullable Object value, @Nullable Throwable error) {
    if (error instanceof DeadReferenceException && room.hasLost(target) && !isDone()) {
      sent = null;
      room.enter(this); // Nothing was sent: it is as if it came now.
      return;
    }
    if (error == null) {
      complete(value);
    } else if (error instanceof DeadlineExceededException late) {
      completeExceptionally(exceeded(late.wasSent()));
    } else {
      completeExceptionally(error);
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

  // ---- ended, by whomever: nothing of it is needed any more ----

  @Override
  public boolean complete(@Nullable Object value) {
    return super.complete(value) && letGo();
  }

  @Override
  public boolean completeExceptionally(Throwable why) {
    return super.completeExceptionally(why) && letGo();
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    // Not only when it was this that ended it: cancelling twice is true twice, and harmless.
    return super.cancel(mayInterrupt) && letGo();
  }

  private boolean letGo() {
    CompletableFuture<@Nullable Object> call = sent;
    if (call != null) {
      call.cancel(false); // Unless it is what has ended this one.
    } else {
      room.leave(this);
    }
    calling = null;
    return true;
  }
}

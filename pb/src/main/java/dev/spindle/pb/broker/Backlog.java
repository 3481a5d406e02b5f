// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what callers pile up: nobody who makes a call can be made to wait, so that what is too
 * much is refused.
 *
 * <p>Thread: the connection's, but for {@link #tryQueue}.
 */
final class Backlog {
  private final Link link;
  private final CallLimits limits;

  /** Calls made on other threads, to which the connection's has not come yet. */
  private final AtomicInteger queued = new AtomicInteger();

  private final List<CompletableFuture<@Nullable Void>> waiters = new ArrayList<>();

  Backlog(Link link, CallLimits limits) {
    this.link = link;
    this.limits = limits;
  }

  long maxUnsentBytes() {
    return limits.maxUnsentBytes();
  }

  /** Takes a place on the way to the connection's thread. */
  boolean tryQueue() {
    if (queued.incrementAndGet() <= limits.maxUnanswered()) {
      return true;
    }
    queued.decrementAndGet();
    return false;
  }

  /** Gives the place back. */
  void dequeued() {
    queued.decrementAndGet();
  }

  /**
   * Why there is no room for a call, or null.
   *
   * @param waiting calls that wait already, to be sent or answered
   */
  @Nullable UnsentLimitException refusal(int waiting) {
    if (waiting >= limits.maxUnanswered()) {
      return tooManyCalls();
    }
    long unsent = link.unsentBytes();
    return unsent < limits.maxUnsentBytes() ? null : tooManyBytes(unsent);
  }

  UnsentLimitException tooManyCalls() {
    return new UnsentLimitException(
        "not sent: "
            + limits.maxUnanswered()
            + " calls to "
            + link.remoteAddress()
            + " wait already, to be sent or for their answers");
  }

  private UnsentLimitException tooManyBytes(long unsent) {
    return new UnsentLimitException(
        "not sent: "
            + unsent
            + " bytes wait already for "
            + link.remoteAddress()
            + " to read: at most "
            + limits.maxUnsentBytes()
            + " may");
  }

  // ---- for those who would rather wait ----

  /** Lets a future complete when the other side has read what was sent, or at once if it has. */
  void whenWritable(CompletableFuture<@Nullable Void> waiter) {
    if (link.unsentBytes() == 0) {
      waiter.complete(null);
    } else {
      waiters.add(waiter);
    }
  }

  /** What {@link #whenWritable} completes. */
  static final class Waiter extends ConnectionFuture<@Nullable Void> {
    Waiter(Broker broker) {
      super(broker);
    }

    @Override
    protected String awaited() {
      return "the other side to read";
    }
  }

  /** The other side has read on. */
  void writable() {
    if (!waiters.isEmpty() && link.unsentBytes() == 0) {
      List<CompletableFuture<@Nullable Void>> released = List.copyOf(waiters);
      waiters.clear();
      released.forEach(waiter -> waiter.complete(null));
    }
  }

  /** The connection ended. */
  void fail(ConnectionLostException why) {
    List<CompletableFuture<@Nullable Void>> left = List.copyOf(waiters);
    waiters.clear();
    left.forEach(waiter -> waiter.completeExceptionally(why));
  }
}

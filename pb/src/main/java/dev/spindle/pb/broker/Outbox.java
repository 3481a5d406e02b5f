// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.ArrayList;
import java.util.List;

/**
 * The way of our calls from whoever makes them to the wire: to the connection's thread, past the
 * handshake, within the bounds.
 *
 * <p>Thread: the connection's, but for {@link #call} and {@link #gaveUp}.
 */
final class Outbox {
  private final Broker broker;
  private final Link link;
  private final OutgoingCalls outgoing;
  private final Deadlines deadlines;
  private final Backlog backlog;

  /** Calls that wait until dialects have been agreed on. */
  private final List<PendingCall> unsent = new ArrayList<>();

  /** What follows on them. */
  private final List<Runnable> whenOpen = new ArrayList<>();

  Outbox(Broker broker, Link link, OutgoingCalls outgoing, Deadlines deadlines, CallLimits limits) {
    this.broker = broker;
    this.link = link;
    this.outgoing = outgoing;
    this.deadlines = deadlines;
    this.backlog = new Backlog(link, limits);
  }

  Backlog backlog() {
    return backlog;
  }

  /** How many wait for the conversation to begin. */
  int waiting() {
    return unsent.size();
  }

  PendingCall call(PendingMessage call) {
    RemoteReference target = call.target();
    made(call, target.deadlineNanos());
    if (target.holding().isClosed()) {
      // Asked here and not when it is sent: a call made before close() still goes out before it.
      notSent(call, new DeadReferenceException(target + " was closed"));
    } else if (link.isOwnThread()) {
      send(call);
    } else {
      queue(call);
    }
    return call;
  }

  /** A call is made now. Thread: any. */
  void made(PendingCall call, long deadlineNanos) {
    if (deadlineNanos != 0) {
      call.due = new Due(call, deadlineNanos, link.nanoTime());
    }
    call.observed = broker.observed(PbListener.Direction.OUT, call.method, true, 0);
  }

  private void queue(PendingCall call) {
    if (!backlog.tryQueue()) {
      notSent(call, backlog.tooManyCalls());
    } else if (!link.tryExecute(call)) {
      backlog.dequeued();
      notSent(call, new DeadReferenceException("the endpoint was closed"));
    }
  }

  /** A call made on another thread has come here. */
  void sendQueued(PendingCall call) {
    backlog.dequeued();
    send(call);
  }

  void send(PendingCall call) {
    DeadReferenceException ended = broker.endedForCalls();
    if (ended != null) {
      notSent(call, ended);
    } else if (broker.isAskingUser()) {
      // It is made by what tells the state of an object, in the middle of a message.
      queue(call);
    } else {
      if (call.due != null) {
        deadlines.add(call.due);
      }
      if (broker.isOpen()) {
        transmit(call);
      } else {
        waitUntilOpen(call);
      }
    }
  }

  private void waitUntilOpen(PendingCall call) {
    UnsentLimitException full = backlog.refusal(unsent.size());
    if (full == null) {
      unsent.add(call);
    } else {
      notSent(call, full);
    }
  }

  private void transmit(PendingCall call) {
    if (call.isDone()) { // It was given up while it waited.
      outgoing.forget(call);
      return;
    }
    UnsentLimitException full = backlog.refusal(outgoing.unanswered());
    if (full != null) {
      notSent(call, full);
      if (isLostUpdate(call)) {
        broker.goodbye("an update of a copy was " + full.getMessage());
      }
      return;
    }
    outgoing.send(call);
    if (isLostUpdate(call)) {
      broker.goodbye("an update of a copy was lost: " + ObservedCall.failureOf(call));
    }
    broker.pace();
    link.flushSoon();
  }

  /** Of which nobody hears, and behind which the copy would be wrong. */
  private static boolean isLostUpdate(PendingCall call) {
    return call instanceof PendingUpdate && !call.wanted && call.isCompletedExceptionally();
  }

  /** Ends a call of which nothing has gone out. Thread: any, for one that is not here yet. */
  void notSent(PendingCall call, Exception why) {
    if (call.due != null) {
      deadlines.remove(call.due);
    }
    call.fail(PbListener.Outcome.NOT_SENT, why);
  }

  /** Whoever made a call that was sent has ended it. */
  void gaveUp(PendingCall call) {
    if (link.isOwnThread()) {
      outgoing.giveUp(call);
      broker.pace();
    } else {
      link.tryExecute(() -> gaveUp(call));
    }
  }

  /** Runs a task as soon as calls can flow, or the connection has ended without. */
  void whenOpen(Runnable task) {
    whenOpen.add(task);
  }

  /** Calls can flow: those that waited go first. */
  void open() {
    taken(unsent).forEach(this::transmit);
    taken(whenOpen).forEach(Runnable::run);
  }

  /** The connection ended. */
  void fail(ConnectionLostException why, DeadReferenceException notSent) {
    taken(unsent).forEach(call -> notSent(call, notSent));
    taken(whenOpen).forEach(Runnable::run);
    outgoing.fail(why);
    backlog.fail(why);
  }

  private static <T> List<T> taken(List<T> from) {
    if (from.isEmpty()) {
      return List.of();
    }
    List<T> all = List.copyOf(from);
    from.clear();
    return all;
  }
}

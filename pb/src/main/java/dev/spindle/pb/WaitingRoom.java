// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.Link;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.UnsentLimitException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where calls wait for a connection. They go out in the order in which they came, before any that
 * comes later.
 *
 * <p>Thread: any; guarded by this. Nothing is called while it is held that could call back.
 */
final class WaitingRoom {
  private final String peer;
  private final Timing timing;
  private final int seats;
  private final Deque<WaitingCall> waiting = new ArrayDeque<>();

  /** Whom to call; null while nobody is there. */
  private @Nullable RemoteReference target;

  /** Why nobody is there. */
  private String state = "not connected yet";

  private boolean ended;

  /**
   * @param seats how many calls may wait; 0 lets them fail at once
   */
  WaitingRoom(String peer, Timing timing, int seats) {
    this.peer = peer;
    this.timing = timing;
    this.seats = seats;
  }

  String peer() {
    return peer;
  }

  long nanoTime() {
    return timing.nanoTime();
  }

  synchronized @Nullable RemoteReference current() {
    return target;
  }

  /** Lets a call go if there is somebody to call, else wait or fail. */
  void enter(WaitingCall call) {
    RemoteReference there;
    RuntimeException refusal;
    synchronized (this) {
      there = target;
      refusal = there == null ? seat(call) : null;
    }
    if (there != null) {
      call.go(there);
    } else if (refusal != null) {
      call.completeExceptionally(refusal);
    }
  }

  private @Nullable RuntimeException seat(WaitingCall call) {
    if (ended || seats == 0) {
      return new DeadReferenceException("not sent to " + peer + ": " + state);
    }
    if (waiting.size() >= seats) {
      return new UnsentLimitException(
          "not sent to " + peer + ": " + seats + " calls wait for a connection already; " + state);
    }
    waiting.add(call);
    if (call.hasDeadline()) {
      call.timer = timing.after(call.timeLeft(), () -> expire(call));
    }
    return null;
  }

  private void expire(WaitingCall call) {
    if (leave(call)) {
      call.expire();
    }
  }

  /** Takes a call out, if it waits. */
  synchronized boolean leave(WaitingCall call) {
    cancelTimer(call);
    return waiting.remove(call);
  }

  private synchronized @Nullable WaitingCall next() {
    WaitingCall call = waiting.poll();
    if (call != null) {
      cancelTimer(call);
    }
    return call;
  }

  private static void cancelTimer(WaitingCall call) {
    Link.Timer timer = call.timer;
    call.timer = null;
    if (timer != null) {
      timer.cancel();
    }
  }

  /** There is a connection: those who waited go first. */
  void open(RemoteReference whom) {
    while (!tryOpen(whom)) {
      WaitingCall call = next();
      if (call != null) {
        call.go(whom);
      }
    }
  }

  private synchronized boolean tryOpen(RemoteReference whom) {
    if (!waiting.isEmpty() && !hasLost(whom)) {
      return false;
    }
    if (!ended) {
      target = whom;
    }
    return true;
  }

  /** The connection has gone, or did not come about. */
  synchronized void shut(String why) {
    target = null;
    if (!ended) {
      state = why;
    }
  }

  /** There will be no connection any more. */
  void end(String why) {
    List<WaitingCall> left;
    synchronized (this) {
      target = null;
      ended = true;
      state = why;
      left = new ArrayList<>(waiting);
    }
    for (WaitingCall call : left) {
      if (leave(call)) {
        enter(call);
      }
    }
  }

  /** Whether a reference is dead for good; if it is, nobody is sent to it any more. */
  synchronized boolean hasLost(RemoteReference whom) {
    boolean lost = whom.connection() instanceof Broker broker && broker.isEnding();
    if (lost && target == whom) {
      shut("the connection has just been lost");
    }
    return lost;
  }

  @Override
  public synchronized String toString() {
    return peer
        + ", "
        + (target != null ? "connected" : state)
        + (waiting.isEmpty() ? "" : ", " + waiting.size() + " calls wait");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Updates of caches on their way out, in the order in which they were made. Each waits for those
 * before it, and for the message under way, which may hold the state that it changes.
 *
 * <p>Thread: any for {@link #add}, the connection's for the rest.
 */
final class Updates {
  private final Broker broker;
  private final Link link;
  private final Queue<PendingUpdate> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean posted = new AtomicBoolean();

  Updates(Broker broker, Link link) {
    this.broker = broker;
    this.link = link;
  }

  void add(PendingUpdate update) {
    broker.outbox().made(update, broker.deadlineNanos());
    waiting.add(update);
    if (link.isOwnThread() && !broker.isAskingUser()) {
      sendAll();
    } else if (posted.compareAndSet(false, true) && !link.tryExecute(this::run)) {
      posted.set(false);
      failAll();
    }
  }

  private void run() {
    posted.set(false);
    sendAll();
  }

  /** Sends what waits. */
  void sendAll() {
    for (PendingUpdate next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.observer().hasEnded()) {
        broker
            .outbox()
            .notSent(
                next, new DeadReferenceException(next.observer() + ": the copy is kept no longer"));
      } else {
        broker.outbox().send(next);
      }
    }
  }

  private void failAll() {
    for (PendingUpdate next = waiting.poll(); next != null; next = waiting.poll()) {
      broker.outbox().notSent(next, new DeadReferenceException("the endpoint was closed"));
    }
  }
}

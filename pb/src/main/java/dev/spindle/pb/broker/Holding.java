// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.ref.Cleaner;

/**
 * What we owe for one reference of the other side: a decref for each occurrence received.
 *
 * <p>Outlives its {@link RemoteReference} and must not refer to it, not even by way of the user.
 *
 * <p>Thread: the connection's, but for {@link #close}.
 */
class Holding implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();

  /** A Long number, or a name. */
  final Object id;

  private final Broker broker;

  /** Occurrences received and not yet paid back. */
  int count;

  private volatile boolean closed;

  Holding(Broker broker, Object id) {
    this.broker = broker;
    this.id = id;
  }

  /** Releases this once nobody keeps what the user has been given for it. */
  final void releaseWhenUnreachable(Object given) {
    CLEANER.register(given, this);
  }

  final boolean isClosed() {
    return closed;
  }

  /**
   * Whether everything has been paid back, so that the other side may not know the number any more:
   * a moment after {@link #close}, behind what was called before it.
   */
  final boolean isPaid() {
    return count == 0 && id instanceof Long;
  }

  /**
   * Called by the user. A name is everybody's on the connection: closing it would take it from the
   * others.
   */
  final void close() {
    if (id instanceof Long) {
      run();
    }
  }

  /** Called by the cleaner, once the reference is unreachable. */
  @Override
  public final void run() {
    if (!closed) {
      closed = true;
      release(broker);
    }
  }

  void release(Broker owner) {
    owner.debts().letGo(this);
  }
}

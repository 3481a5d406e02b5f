// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * What we owe for one reference of the other side: a decref for each occurrence received.
 *
 * <p>Outlives its {@link RemoteReference} and must not refer to it.
 *
 * <p>Thread: the connection's, but for {@link #close}.
 */
final class Holding implements Runnable {
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

  boolean isClosed() {
    return closed;
  }

  /**
   * Called by the user. A name is everybody's on the connection: closing it would take it from the
   * others.
   */
  void close() {
    if (id instanceof Long) {
      run();
    }
  }

  /** Called by the cleaner, once the reference is unreachable. */
  @Override
  public void run() {
    if (!closed) {
      closed = true;
      broker.release(this);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * The bond between a worker and its present connection; brings the wire's news onto the loop. On
 * the loop only, but for the watcher's methods.
 */
final class Attachment implements Connection.Watcher {
  private final Desk desk;
  private final FarmWorker worker;
  private final Connection connection;
  private final WorkerInfo info;
  private final Departures departures;
  private boolean ready;

  /** Hears that a connection is gone. */
  interface Departures {
    void departed(Attachment attachment, boolean goodbye, String why);
  }

  Attachment(Desk desk, FarmWorker worker, Connection connection, Departures departures) {
    this.desk = desk;
    this.worker = worker;
    this.connection = connection;
    this.info = connection.info();
    this.departures = departures;
  }

  FarmWorker worker() {
    return worker;
  }

  Connection connection() {
    return connection;
  }

  WorkerInfo info() {
    return info;
  }

  /** Whether it is still the worker's connection, and was not replaced or lost. */
  boolean isPresent() {
    return worker.attachment().filter(present -> present == this).isPresent();
  }

  /** Whether the worker's old attempts are settled, and it may get new ones. */
  boolean ready() {
    return ready;
  }

  void makeReady() {
    ready = true;
  }

  @Override
  public void alive() {
    desk.post(
        () -> {
          if (isPresent()) {
            worker.seen();
          }
        });
  }

  @Override
  public void disconnected(boolean goodbye, String why) {
    desk.post(() -> departures.departed(this, goodbye, why));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.DepotSettings;
import dev.spindle.depot.FileDepot;
import dev.spindle.farm.Controller;
import dev.spindle.farm.ControllerSettings;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.ThreadFarmLoop;
import dev.spindle.hbqueue.HbQueueListener;
import dev.spindle.hbqueue.HbQueueTimes;
import dev.spindle.operator.OperatorRealm;
import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.cred.Md5;
import dev.spindle.store.SqliteJobStore;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller with everything it needs, from the store to the sockets. Closing takes it down in
 * the opposite order of building it.
 */
final class RunningController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningController.class);

  /** Most objects that one connection may hold: an assignment is one. */
  private static final int MAX_REFERENCES = 100_000;

  private final Deque<AutoCloseable> parts;
  private final Controller controller;
  private final HostPort pb;
  private final int ftpPort;

  private RunningController(
      Deque<AutoCloseable> parts, Controller controller, HostPort pb, int ftpPort) {
    this.parts = parts;
    this.controller = controller;
    this.pb = pb;
    this.ftpPort = ftpPort;
  }

  /**
   * Starts a controller.
   *
   * @param operatorSecret what operators log in with
   * @throws IOException when a port or a folder cannot be had
   */
  static RunningController start(ControllerSetup setup, String operatorSecret) throws IOException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return start(setup, operatorSecret, parts);
    } catch (IOException | RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  private static RunningController start(
      ControllerSetup setup, String operatorSecret, Deque<AutoCloseable> parts) throws IOException {
    SqliteJobStore store = SqliteJobStore.at(setup.data().database());
    parts.push(store);
    FileDepot depot = FileDepot.open(DepotSettings.in(setup.data().depot()).with(setup.ftp()));
    parts.push(depot);
    ThreadFarmLoop loop = new ThreadFarmLoop();
    parts.push(loop);
    Controller controller =
        Controller.start(loop, store, depot, ControllerSettings.withLease(setup.lease()));
    parts.push(controller);
    AtomicReference<SocketAddress> bound = new AtomicReference<>();
    HbQueueListener workers =
        new HbQueueListener(controller, bound::get, HbQueueTimes.forLease(setup.lease()));
    parts.push(workers);
    controller.attach(workers);
    // Answered behind attach: from here on every registered worker is known.
    controller.workers().toCompletableFuture().join();
    PbServer server =
        PbServer.at(Endpoint.tcp(setup.pb().host(), setup.pb().port()))
            .portal(
                FarmRealm.portal(
                    workers, new OperatorRealm(controller), Md5.ofSecret(operatorSecret)))
            .maxReferences(MAX_REFERENCES)
            // Beyond this machine it listens with --insecure alone: the command has asked.
            .insecureLogins()
            .start();
    parts.push(server);
    // Closed first as well, so that workers hear why before the server cuts their connections.
    parts.push(workers);
    bound.set(server.address());
    HostPort pb = new HostPort(setup.pb().host(), server.address().getPort());
    return new RunningController(parts, controller, pb, depot.port());
  }

  /** Where it listens, with the port that was really bound. */
  HostPort pb() {
    return pb;
  }

  int ftpPort() {
    return ftpPort;
  }

  /** Lets a worker in, and waits until that is on disk. */
  void register(RegisteredWorker worker) {
    controller.register(worker).toCompletableFuture().join();
  }

  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the controller did not end cleanly", e);
      }
    }
  }
}

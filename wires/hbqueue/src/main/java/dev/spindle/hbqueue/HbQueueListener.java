// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Listener;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.WorkerName;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Login;
import dev.spindle.pb.cred.Realm;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Lets workers in over Perspective Broker. It is a realm, and knows the secrets, for the portal of
 * a {@code PbServer}, which others may share: the name of a worker logs in here.
 *
 * <p>Thread: any.
 */
public final class HbQueueListener implements Listener, Realm {
  public static final String WIRE = "hbqueue";

  private final Acceptor acceptor;
  private final Supplier<SocketAddress> address;
  private final HbQueueTimes times;
  private final Map<String, RegisteredWorker> registered = new ConcurrentHashMap<>();
  private final Set<HbConnection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "hbqueue-keepalive");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param acceptor where workers are offered
   * @param address where the server that carries this wire listens
   */
  public HbQueueListener(Acceptor acceptor, Supplier<SocketAddress> address, HbQueueTimes times) {
    this.acceptor = acceptor;
    this.address = address;
    this.times = times;
  }

  @Override
  public String wire() {
    return WIRE;
  }

  @Override
  public SocketAddress address() {
    return address.get();
  }

  @Override
  public void updateRegistration(RegisteredWorker worker) {
    if (worker.wire().equals(WIRE)) {
      registered.put(worker.name().value(), worker);
    } else {
      registered.remove(worker.name().value());
    }
  }

  /** The MD5 of a worker's secret, if there is such a worker. */
  public Optional<byte[]> secretMd5(String name) {
    return Optional.ofNullable(registered.get(name))
        .map(worker -> HexFormat.of().parseHex(worker.secretMd5()));
  }

  @Override
  public CompletionStage<Avatar> avatar(Login login) {
    WorkerName name = new WorkerName(login.avatarId());
    return CompletableFuture.completedFuture(
        Avatar.of(new WorkerPerspective(name, this, login.connection())));
  }

  Acceptor acceptor() {
    return acceptor;
  }

  HbQueueTimes times() {
    return times;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  void opened(HbConnection connection) {
    connections.add(connection);
  }

  void closed(HbConnection connection) {
    connections.remove(connection);
  }

  @Override
  public void close() {
    connections.forEach(connection -> connection.close("the controller is ending"));
    timer.shutdownNow();
  }
}

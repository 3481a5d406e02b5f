// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.depot.DepotSettings;
import dev.spindle.depot.FileDepot;
import dev.spindle.farm.Controller;
import dev.spindle.farm.ControllerSettings;
import dev.spindle.farm.FarmEvent;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.ThreadFarmLoop;
import dev.spindle.farm.WorkerView;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.store.SqliteJobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A controller with its store, depot and sockets, in this process. */
final class RealController implements AutoCloseable {
  private static final HbQueueTimes TIMES =
      new HbQueueTimes(Duration.ofMillis(50), Duration.ofSeconds(30), Duration.ofSeconds(30));

  private final SqliteJobStore store;
  private final FileDepot depot;
  private final ThreadFarmLoop loop = new ThreadFarmLoop();
  private final Controller controller;
  private final HbQueueListener listener;
  private final PbServer server;
  final List<Job> ends = new CopyOnWriteArrayList<>();

  RealController(Path dir, int port, Duration lease) throws IOException {
    store = SqliteJobStore.at(dir.resolve("db"));
    depot = FileDepot.open(DepotSettings.in(dir.resolve("depot")));
    controller = Controller.start(loop, store, depot, ControllerSettings.withLease(lease));
    controller.watch(this::event);
    listener = new HbQueueListener(controller, this::address, TIMES);
    controller.attach(listener);
    controller.workers().toCompletableFuture().join();
    server =
        PbServer.at("tcp:host=127.0.0.1:port=" + port)
            .portal(Portal.of(listener, new PasswordChecker(listener::secretMd5)))
            .start();
  }

  private void event(FarmEvent event) {
    if (event instanceof FarmEvent.JobChanged changed && changed.job().state().isFinal()) {
      ends.add(changed.job());
    }
  }

  private java.net.SocketAddress address() {
    return server.address();
  }

  int port() {
    return server.address().getPort();
  }

  Controller farm() {
    return controller;
  }

  void register(String secret) {
    controller.register(ListenerFixture.registered("w1", secret)).toCompletableFuture().join();
  }

  Job submit(JobSpec spec) {
    return controller.submit(spec).toCompletableFuture().join();
  }

  Job job(JobId id) {
    return controller.job(id).toCompletableFuture().join();
  }

  WorkerView worker() {
    return controller.workers().toCompletableFuture().join().get(0);
  }

  String stdout(JobId id) {
    List<LogChunk> all = new ArrayList<>();
    List<LogChunk> page;
    do {
      long after = all.isEmpty() ? 0 : all.get(all.size() - 1).sequence();
      page = controller.log(id, after, 1000).toCompletableFuture().join();
      all.addAll(page);
    } while (!page.isEmpty());
    return all.stream()
        .filter(chunk -> chunk.stream() == LogStream.STDOUT)
        .map(LogChunk::text)
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    server.close();
    listener.close();
    controller.close();
    loop.close();
    depot.close();
    store.close();
  }
}

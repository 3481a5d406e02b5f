// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.depot.DepotSettings;
import dev.spindle.depot.FileDepot;
import dev.spindle.farm.Controller;
import dev.spindle.farm.ControllerSettings;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.ThreadFarmLoop;
import dev.spindle.farm.WorkerName;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.store.SqliteJobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real controller with its store and depot, a worker by hand, and an operator on a socket. */
@Timeout(30)
abstract class OperatorFixture {
  static final String SECRET = "operator-secret-4711";

  @TempDir Path temp;
  final FakeWorker worker = new FakeWorker();
  Controller controller;
  OperatorClient operator;
  PbClient raw;
  RemoteReference perspective;
  private SqliteJobStore store;
  private FileDepot depot;
  private ThreadFarmLoop loop;
  private PbServer server;

  @BeforeEach
  void start() throws IOException {
    store = SqliteJobStore.at(temp.resolve("db"));
    depot = FileDepot.open(DepotSettings.in(temp.resolve("depot")));
    loop = new ThreadFarmLoop();
    controller = Controller.start(loop, store, depot, ControllerSettings.defaults());
    server =
        PbServer.at("tcp:host=127.0.0.1:port=0")
            .portal(
                Portal.of(
                    new OperatorRealm(controller),
                    PasswordChecker.of(Map.of(OperatorRealm.USER, SECRET))))
            .start();
    operator = connect();
    raw = PbClient.connect("tcp:host=127.0.0.1:port=" + port());
    perspective = raw.login(Credentials.password(OperatorRealm.USER, SECRET), null).join();
  }

  @AfterEach
  void stop() {
    operator.close();
    raw.close();
    server.close();
    controller.close();
    loop.close();
    depot.close();
    store.close();
  }

  int port() {
    return server.address().getPort();
  }

  OperatorClient connect() throws IOException {
    return OperatorClient.connect("127.0.0.1", port(), SECRET);
  }

  /** From now on there is a worker. */
  void attachWorker() {
    controller
        .register(new RegisteredWorker(new WorkerName("w1"), "fake", "0".repeat(32), Instant.EPOCH))
        .toCompletableFuture()
        .join();
    controller.offer(worker).toCompletableFuture().join();
  }

  static JobSpec.Builder job() {
    return JobSpec.of(new ShellWork(List.of("true"), Map.of()));
  }

  static FarmException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    FarmException failure = catchThrowableOfType(FarmException.class, call);
    if (failure == null) {
      throw new AssertionError("expected a failure");
    }
    return failure;
  }
}

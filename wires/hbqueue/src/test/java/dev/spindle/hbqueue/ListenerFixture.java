// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Connection;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.Listener;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.WorkerName;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.cred.Md5;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The wire's server on a real socket, with a farm behind it that only remembers. */
abstract class ListenerFixture {
  static final HbQueueTimes CALM =
      new HbQueueTimes(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));

  /** Who would like to be the controller. */
  static final class FakeFarm implements Listener.Acceptor {
    final List<Connection> offered = new CopyOnWriteArrayList<>();
    final List<String> news = new CopyOnWriteArrayList<>();
    final AtomicInteger alive = new AtomicInteger();
    volatile @Nullable FarmException refusal;

    @Override
    public CompletionStage<Void> offer(Connection connection) {
      offered.add(connection);
      FarmException no = refusal;
      if (no != null) {
        return CompletableFuture.failedFuture(no);
      }
      connection.watch(
          new Connection.Watcher() {
            @Override
            public void alive() {
              alive.incrementAndGet();
            }

            @Override
            public void disconnected(boolean goodbye, String why) {
              news.add((goodbye ? "goodbye: " : "lost: ") + why);
            }
          });
      return CompletableFuture.completedFuture(null);
    }

    Connection last() {
      return offered.get(offered.size() - 1);
    }
  }

  final FakeFarm farm = new FakeFarm();
  HbQueueListener listener;
  PbServer server;

  HbQueueTimes times() {
    return CALM;
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new HbQueueListener(farm, () -> server.address(), times());
    listener.updateRegistration(registered("w1", "sesame"));
    listener.updateRegistration(registered("w2", "sesame"));
    server =
        PbServer.at("tcp:host=127.0.0.1:port=0")
            .portal(Portal.of(listener, new PasswordChecker(listener::secretMd5)))
            .start();
  }

  @AfterEach
  void stopListening() {
    listener.close();
    server.close();
  }

  static RegisteredWorker registered(String name, String secret) {
    return new RegisteredWorker(
        new WorkerName(name),
        HbQueueListener.WIRE,
        HexFormat.of().formatHex(Md5.ofSecret(secret)),
        Instant.EPOCH);
  }

  TestWorker login(String name) throws IOException {
    return TestWorker.login(server.address().getPort(), name, "sesame");
  }

  TestWorker registered() throws IOException {
    TestWorker worker = login("w1");
    worker.register(TestWorker.info("w1"));
    return worker;
  }

  static Assignment assignment(long job, JobSpec.Builder spec) {
    return new Assignment(AttemptId.of(job, 1), spec.build(), Duration.ofSeconds(60));
  }

  static Assignment assignment(long job) {
    return assignment(job, JobSpec.of(new ShellWork(List.of("true"), Map.of())));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A controller's end of the wire that does what a test says. */
final class ScriptedServer implements AutoCloseable {
  final List<ScriptedJob> jobs = new CopyOnWriteArrayList<>();
  final List<Map<?, ?>> registrations = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicInteger logins = new AtomicInteger();
  private final Queue queue = new Queue();
  private final PbServer server;

  /** The answer to register; the queue unless told. A RuntimeException is thrown. */
  volatile Supplier<Object> onRegister = () -> queue;

  /** The answer to jobs(). */
  volatile Supplier<Object> onJobs = () -> List.copyOf(jobs);

  volatile RemoteReference client;
  volatile PbConnection connection;

  /** Who has logged in. */
  private final class Perspective {
    @Exposed
    Object register(RemoteReference who, Map<?, ?> info, PbConnection from) {
      client = who;
      connection = from;
      registrations.add(info);
      return thrown(onRegister.get());
    }

    @Exposed
    void goodbye() {
      calls.add("goodbye");
    }
  }

  private final class Queue implements Referenceable {
    @Exposed
    Object jobs() {
      calls.add("jobs");
      return thrown(onJobs.get());
    }

    @Exposed
    boolean refuse(ScriptedJob job, String why) {
      calls.add("refuse " + job.description.get("id") + " " + why);
      return jobs.remove(job);
    }
  }

  private static Object thrown(Object answer) {
    if (answer instanceof RuntimeException failure) {
      throw failure;
    }
    return answer;
  }

  ScriptedServer(int port) throws IOException {
    server =
        PbServer.at("tcp:host=127.0.0.1:port=" + port)
            .portal(
                Portal.of(
                    login -> {
                      logins.incrementAndGet();
                      return CompletableFuture.completedFuture(Avatar.of(new Perspective()));
                    },
                    PasswordChecker.of(Map.of("w1", WorkerFixture.SECRET))))
            .start();
  }

  Object queue() {
    return queue;
  }

  int port() {
    return server.address().getPort();
  }

  /** Puts a job into the queue, and tells the worker. */
  ScriptedJob give(ScriptedJob job) {
    jobs.add(job);
    tell();
    return job;
  }

  void tell() {
    client.call("queueUpdated", jobs.size());
  }

  @Override
  public void close() {
    server.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Credentials;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A worker that does what a test says, over a real connection. */
final class TestWorker implements AutoCloseable {
  final TestClient client = new TestClient();
  final CompletableFuture<String> gone = new CompletableFuture<>();
  private final PbClient pb;
  private final RemoteReference perspective;
  private RemoteReference queue;

  private TestWorker(PbClient pb, RemoteReference perspective) {
    this.pb = pb;
    this.perspective = perspective;
    pb.onDisconnect(why -> gone.complete(why.getMessage()));
  }

  static TestWorker login(int port, String name, String secret) throws IOException {
    PbClient pb = PbClient.connect("tcp:host=127.0.0.1:port=" + port);
    try {
      return new TestWorker(pb, pb.login(Credentials.password(name, secret), null).join());
    } catch (CompletionException e) {
      pb.close();
      throw e;
    }
  }

  static Map<String, Object> info(String name) {
    Map<String, Object> info = new HashMap<>();
    info.put("name", name);
    info.put("version", "1");
    info.put("slots", 2);
    info.put("cpus", 4);
    info.put("kinds", List.of("shell"));
    info.put("boot", "b1");
    return info;
  }

  /** Registers, and keeps the queue. */
  RemoteReference register(Map<String, Object> info) {
    queue = (RemoteReference) perspective.call("register", client, info).join();
    return queue;
  }

  void goodbye() {
    perspective.call("goodbye");
  }

  RemoteReference queue() {
    return queue;
  }

  List<RemoteReference> jobs() {
    return ((List<?>) queue.call("jobs").join())
        .stream().map(job -> (RemoteReference) job).toList();
  }

  static RemoteException failure(CompletableFuture<?> call) {
    try {
      throw new AssertionError("expected a failure, got " + call.join());
    } catch (CompletionException e) {
      return (RemoteException) e.getCause();
    }
  }

  @Override
  public void close() {
    pb.close();
  }
}

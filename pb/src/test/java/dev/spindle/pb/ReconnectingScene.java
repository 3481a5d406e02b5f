// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A server that comes and goes, with real sockets; time is driven where waits matter. */
@Timeout(60)
abstract class ReconnectingScene {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), 0.5);
  static final Backoff STEADY = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 0);

  final Desk desk = new Desk();
  final DrivenTiming timing = new DrivenTiming();
  final Story story = new Story();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** What a listener is told, a line each. */
  static class Story implements ReconnectListener {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void connected(RemoteReference target) {
      lines.add("connected");
    }

    @Override
    public void lost(ConnectionLostException why) {
      lines.add("lost");
    }

    @Override
    public void retrying(Exception why, Duration wait) {
      lines.add("wait " + wait.toMillis());
    }

    @Override
    public void gaveUp(Exception why) {
      lines.add("gave up");
    }

    void await(String... expected) {
      org.awaitility.Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(lines).containsExactly(expected));
    }
  }

  <T extends AutoCloseable> T closing(T resource) {
    open.add(0, resource);
    return resource;
  }

  PbServer start() throws IOException {
    return start(desk);
  }

  PbServer start(Referenceable root) throws IOException {
    return closing(server().root(root).start());
  }

  PbServer startAt(int port) throws IOException {
    return startAt(port, desk);
  }

  PbServer startAt(int port, Referenceable root) throws IOException {
    return closing(PbServer.at("tcp:host=127.0.0.1:port=" + port).threads(1).root(root).start());
  }

  static ReconnectingClient.Builder to(int port) {
    return ReconnectingClient.to("tcp:host=127.0.0.1:port=" + port).backoff(QUICK);
  }

  ReconnectingClient.Builder driven(int port) {
    return to(port).backoff(STEADY).timing(timing).listener(story);
  }

  /** A port on which nobody listens, as far as one can know. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static void fails(CompletableFuture<?> call, Class<? extends Throwable> type, String text) {
    assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(type)
        .hasMessageContaining(text);
  }
}

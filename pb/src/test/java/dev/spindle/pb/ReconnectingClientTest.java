// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When it connects, when it waits, when it gives up, and whom it tells. */
class ReconnectingClientTest extends ReconnectingScene {
  @Test
  void waitsGrowWithFailuresAndBeginAnewAfterAConnectionThatLasted() throws Exception {
    int port = freePort();
    closing(driven(port).stableAfter(Duration.ofSeconds(30)).start());
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1));
    timing.awaitWaiting(1);
    story.await("wait 1000", "wait 2000");
    PbServer server = startAt(port);
    timing.pass(Duration.ofSeconds(2));
    story.await("wait 1000", "wait 2000", "connected");
    server.close(); // It did not live long enough: the next wait is longer still.
    story.await("wait 1000", "wait 2000", "connected", "lost", "wait 4000");
    server = startAt(port);
    timing.pass(Duration.ofSeconds(4));
    await().atMost(PATIENCE).until(() -> story.lines.size() == 6);
    timing.pass(Duration.ofSeconds(30));
    server.close();
    story.await(
        "wait 1000",
        "wait 2000",
        "connected",
        "lost",
        "wait 4000",
        "connected",
        "lost",
        "wait 1000");
  }

  /** The loss of a connection that lasted is no failure. */
  @Test
  void afterAConnectionThatLastedTheFailuresAreCountedAnew() throws Exception {
    PbServer server = start();
    int port = server.address().getPort();
    closing(driven(port).stableAfter(Duration.ofSeconds(30)).maxFailures(1).start());
    story.await("connected");
    timing.pass(Duration.ofSeconds(30));
    server.close();
    story.await("connected", "lost", "wait 1000");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1)); // To a port on which nobody listens any more.
    story.await("connected", "lost", "wait 1000", "gave up");
  }

  @Test
  void itLogsWhyItIsNotConnectedAndEverMoreRarely() throws Exception {
    try (LogRecorder log = LogRecorder.of(ReconnectingClient.class)) {
      closing(to(freePort()).listener(story).maxFailures(6).start());
      await().atMost(PATIENCE).until(() -> story.lines.contains("gave up"));
      assertThat(log.warnings()).hasSize(4);
      assertThat(log.warnings().subList(0, 3))
          .allMatch(line -> line.contains(": cannot connect to 127.0.0.1:"))
          .allMatch(line -> line.matches(".*; the next attempt follows \\d+ ms later"));
      assertThat(log.warnings().get(3)).contains(": gave up: cannot connect to 127.0.0.1:");
    }
  }

  @Test
  void itGivesUpAfterAsManyFailuresAsItWasTold() throws Exception {
    ReconnectingClient client = closing(driven(freePort()).maxFailures(3).start());
    CompletableFuture<?> waiting = client.target().call("a");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1));
    story.await("wait 1000", "wait 2000");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(2));
    story.await("wait 1000", "wait 2000", "gave up");
    fails(waiting, DeadReferenceException.class, "gave up: cannot connect to 127.0.0.1:");
    fails(client.target().call("b"), DeadReferenceException.class, "gave up");
    fails(client.ended(), IOException.class, "cannot connect");
    assertThat(client.toString()).contains("gave up");
  }

  @Test
  void whatAListenerCallsGoesOutBeforeWhatWaited() throws Exception {
    int port = freePort();
    ReconnectingClient client =
        closing(
            to(port)
                .listener(
                    new ReconnectListener() {
                      @Override
                      public void connected(RemoteReference target) {
                        target.call("page").join();
                      }
                    })
                .start());
    CompletableFuture<?> waited = client.target().call("countPages");
    startAt(port);
    assertThat(waited.get(20, TimeUnit.SECONDS)).isEqualTo(1L);
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws Exception {
    PbServer server = start();
    ReconnectingClient client =
        closing(
            to(server.address().getPort())
                .listener(
                    new ReconnectListener() {
                      @Override
                      public void connected(RemoteReference target) {
                        throw new IllegalStateException("by request");
                      }
                    })
                .start());
    assertThat(client.target().call("echo", 1).get(20, TimeUnit.SECONDS)).isEqualTo(1L);
  }

  @Test
  void closingEndsWhatWaitsAndEverythingElse() throws Exception {
    PbServer server = start();
    ReconnectingClient connected = closing(driven(server.address().getPort()).start());
    story.await("connected");
    ReconnectingClient waiting = closing(to(freePort()).timing(timing).start());
    CompletableFuture<?> call = waiting.target().call("a");
    timing.awaitWaiting(1);
    for (ReconnectingClient client : List.of(connected, waiting)) {
      client.close();
      client.close();
      assertThat(client.ended()).succeedsWithin(PATIENCE);
      fails(client.target().call("b"), DeadReferenceException.class, "the client was closed");
      assertThat(client.isConnected()).isFalse();
    }
    fails(call, DeadReferenceException.class, "the client was closed");
    awaitConnections(server, 0);
  }

  @Test
  void closingInTheMiddleOfALoginEndsIt() throws Exception {
    try (ServerSocket mute = new ServerSocket(0)) {
      ReconnectingClient client = closing(driven(mute.getLocalPort()).start());
      timing.awaitWaiting(1);
      client.close();
      assertThat(client.ended()).succeedsWithin(PATIENCE);
    }
  }

  @Test
  void itsThreadsEndWithIt() throws Exception {
    PbServer server = start();
    ReconnectingClient client = to(server.address().getPort()).start();
    client.target().withDeadline(PATIENCE).call("echo", 1).get(20, TimeUnit.SECONDS);
    Thread own = named("pb-reconnect");
    assertThat(own.isDaemon()).isTrue();
    client.close();
    own.join(20_000);
    assertThat(own.isAlive()).isFalse();
  }

  private static Thread named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void manyClientsComeBackToAServerThatRestarts() throws Exception {
    PbServer server = start();
    int port = server.address().getPort();
    List<ReconnectingClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(closing(to(port).start()));
    }
    for (int restart = 0; restart < 3; restart++) {
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).target().call("echo", i).get(20, TimeUnit.SECONDS))
            .isEqualTo((long) i);
      }
      server.close();
      server = startAt(port);
      awaitConnections(server, clients.size());
    }
  }
}

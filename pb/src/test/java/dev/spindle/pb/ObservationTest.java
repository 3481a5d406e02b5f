// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.EventLog;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What can be seen of connections from outside: listener, MDC, toString. */
@Timeout(60)
class ObservationTest {
  private final EventLog atServer = new EventLog();
  private final EventLog atClient = new EventLog();

  private static void awaitLine(EventLog log, String line) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> log.soFar().contains(line));
  }

  private PbClient client(PbServer server) throws Exception {
    return PbClient.to("tcp:host=127.0.0.1:port=" + server.address().getPort())
        .listener(atClient)
        .connect();
  }

  private static Portal portal() {
    return Portal.of(
        login -> CompletableFuture.completedFuture(Avatar.of(new Desk())),
        PasswordChecker.of(Map.of("alice", "sesame")),
        new AnonymousChecker());
  }

  @Test
  void bothEndsHearOfConnectionsAndLogins() throws Exception {
    try (PbServer server = server().portal(portal()).listener(atServer).start();
        PbClient client = client(server)) {
      client.login(Credentials.password("alice", "sesame"), null).join();
      client.login(Credentials.anonymous(), null).join();
      assertThatThrownBy(client.login(Credentials.password("bob", "guess"), null)::join)
          .isNotNull();
      for (EventLog log : new EventLog[] {atServer, atClient}) {
        awaitLine(log, "login 'alice'");
        awaitLine(log, "login ''");
        await()
            .until(() -> log.soFar().stream().anyMatch(l -> l.startsWith("login 'bob' refused")));
        assertThat(log.soFar()).contains("opened").noneMatch(l -> l.contains("sesame"));
      }
      client.close();
      awaitLine(atClient, "closed: connection to PEER closed");
      awaitLine(atServer, "closed: connection to PEER closed");
    }
  }

  @Test
  void whoIsDroppedForALimitIsTold() throws Exception {
    try (PbServer server =
        server()
            .portal(portal())
            .handshakeTimeout(Duration.ofSeconds(5))
            .loginTimeout(Duration.ofMillis(100))
            .listener(atServer)
            .start()) {
      try (SocketPeer peer = SocketPeer.client(server)) {
        assertThat(peer.hear()).isEqualTo("end");
      }
      awaitLine(atServer, "dropped: no login within 0.1 s");
      awaitLine(atServer, "closed: connection to PEER closed: no login within 0.1 s");
      try (SocketPeer peer = SocketPeer.client(server)) {
        peer.say("[decref 99]");
        assertThat(peer.hear()).isEqualTo("end");
      }
      await()
          .until(
              () ->
                  atServer.soFar().stream()
                      .anyMatch(
                          l -> l.startsWith("dropped: the other side broke the protocol: decref")));
    }
  }

  /** Tells what the MDC has while it runs. */
  private static final class Mdc implements Referenceable {
    @Exposed
    @Nullable String here() {
      return MDC.get(PbConnection.MDC_PEER);
    }

    @Exposed(blocking = true)
    @Nullable String blocking() {
      return MDC.get(PbConnection.MDC_PEER);
    }

    @Exposed
    CompletionStage<@Nullable String> inCallback(RemoteReference other) {
      return other.call("echo", 1).thenApply(answer -> here());
    }

    @Exposed
    CompletionStage<@Nullable String> atDeadline(RemoteReference other) {
      return other
          .withDeadline(Duration.ofMillis(1))
          .call("never")
          .exceptionally(late -> null)
          .thenApply(done -> here());
    }
  }

  @Test
  void theMdcHasThePeerWhileUserCodeRuns() throws Exception {
    try (PbServer server = server().threads(1).root(new Mdc()).start();
        PbClient one = client(server);
        PbClient two = client(server)) {
      for (PbClient client : new PbClient[] {one, two, one}) {
        String address = client.localAddress().toString();
        assertThat(client.root().call("here").join()).isEqualTo(address);
        assertThat(client.root().call("blocking").join()).isEqualTo(address);
        assertThat(client.root().call("inCallback", new Desk()).join()).isEqualTo(address);
        assertThat(client.root().call("atDeadline", new Desk()).join()).isEqualTo(address);
      }
      CompletableFuture<@Nullable String> atTheClient =
          one.root().call("here").thenApply(answer -> MDC.get(PbConnection.MDC_PEER));
      assertThat(atTheClient.join()).isIn(server.address().toString(), null);
      CompletableFuture<@Nullable String> atTheEnd = new CompletableFuture<>();
      one.onDisconnect(why -> atTheEnd.complete(MDC.get(PbConnection.MDC_PEER)));
      one.close();
      assertThat(atTheEnd.join()).isEqualTo(server.address().toString());
    }
  }

  @Test
  void endpointsSayWhatTheyAre() throws Exception {
    PbServer server = server().root(new Desk()).start();
    try (PbClient client = client(server)) {
      client.root().call("echo", 1).join();
      assertThat(client.toString())
          .matches("PbClient on PbConnection\\[/127.0.0.1:\\d+, open, 0 calls out .*");
      assertThat(server.toString()).matches("PbServer\\[/127.0.0.1:\\d+, 1 connections]");
    }
    server.close();
    assertThat(server.toString()).endsWith("closed]");
  }
}

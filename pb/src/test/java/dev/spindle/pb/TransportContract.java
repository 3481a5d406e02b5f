// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every transport does alike. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
abstract class TransportContract {
  private static final int PATIENCE_SECONDS = 20;

  /** Where a server listens. */
  abstract Endpoint listening() throws IOException;

  /** Where a client finds it. */
  abstract Endpoint dialing(PbServer server);

  static final class Room implements Referenceable {
    final CompletableFuture<Object> never = new CompletableFuture<>();

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      return value;
    }

    @Exposed
    CompletionStage<@Nullable Object> ask(RemoteReference whom, Object what) {
      return whom.call("echo", what);
    }

    @Exposed
    CompletionStage<Object> never() {
      return never;
    }

    @Exposed
    boolean secure(PbConnection caller) {
      return caller.isSecure();
    }

    @Exposed
    String caller(PbConnection caller) {
      return caller.remoteAddress().toString();
    }
  }

  private PbServer.Builder server() throws IOException {
    return PbServer.at(listening()).threads(2);
  }

  private PbServer roomServer() throws IOException {
    return server().root(new Room()).start();
  }

  private PbClient connect(PbServer server) throws IOException {
    return PbClient.to(dialing(server)).connect();
  }

  private static @Nullable Object await(CompletableFuture<?> call) throws Exception {
    return call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void callsGoBothWays() throws Exception {
    try (PbServer server = roomServer();
        PbClient client = connect(server)) {
      assertThat(await(client.root().call("echo", "hello"))).isEqualTo("hello");
      assertThat(await(client.root().call("ask", new Room(), List.of(1L)))).isEqualTo(List.of(1L));
      assertThatThrownBy(() -> await(client.root().call("nothing")))
          .hasCauseInstanceOf(RemoteException.class);
    }
  }

  @Test
  void largeValuesArriveWhole() throws Exception {
    byte[] bytes = new byte[BananaLimits.TWISTED_MAX_SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 1000);
    }
    List<Object> many = new ArrayList<>(Collections.nCopies(16, ByteString.copyOf(bytes)));
    try (PbServer server = roomServer();
        PbClient client = connect(server)) {
      assertThat(await(client.root().call("echo", many))).isEqualTo(many);
    }
  }

  @Test
  void callsUnderWayFailWhenEitherEndCloses() throws Exception {
    for (boolean byServer : new boolean[] {true, false}) {
      PbServer server = roomServer();
      try (PbClient client = connect(server)) {
        CompletableFuture<?> call = client.root().call("never");
        CompletableFuture<ConnectionLostException> gone = new CompletableFuture<>();
        client.onDisconnect(gone::complete);
        await(client.root().call("echo", 1));
        (byServer ? server : client).close();
        assertThatThrownBy(() -> await(call)).hasCauseInstanceOf(ConnectionLostException.class);
        assertThat(await(gone)).asString().contains("closed");
        awaitConnections(server, 0);
      } finally {
        server.close();
      }
      assertThatThrownBy(() -> connect(server))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot connect to ");
    }
  }

  @Test
  void whatWasSaidBeforeCloseArrives() throws Exception {
    CompletableFuture<Object> last = new CompletableFuture<>();
    Referenceable ear =
        new Referenceable() {
          @Exposed
          void hear(Object what) {
            if (what instanceof Long) {
              last.complete(what);
            }
          }
        };
    try (PbServer server = server().root(ear).start();
        PbClient client = connect(server)) {
      CompletableFuture<?> answered = client.root().call("hear", "first");
      await(answered);
      for (int i = 0; i < 100; i++) {
        client.root().send("hear", ByteString.copyOf(new byte[10_000]));
      }
      client.root().send("hear", 5);
      client.close();
      assertThat(await(last)).isEqualTo(5L);
    }
  }

  @Test
  void passwordsAreTakenSinceNobodyReadsAlong() throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(new Room())),
            PasswordChecker.of(Map.of("alice", "sesame")));
    try (PbServer server = server().portal(portal).start();
        PbClient client = connect(server)) {
      assertThat(client.isSecure()).isTrue();
      RemoteReference me =
          (RemoteReference)
              await(client.login(Credentials.password("alice", "sesame"), new Room()));
      assertThat(await(me.call("secure"))).isEqualTo(true);
      byte[] more = new byte[2 * BananaLimits.BEFORE_LOGIN.maxSize()];
      Arrays.fill(more, (byte) 1);
      assertThat(await(me.call("echo", more))).isEqualTo(ByteString.copyOf(more));
    }
  }

  @Test
  void addressesSaySomething() throws Exception {
    try (PbServer server = roomServer();
        PbClient client = connect(server)) {
      assertThat(client.remoteAddress().toString()).isNotEmpty();
      assertThat(await(client.root().call("caller")).toString()).isNotEmpty();
      assertThat(client.root().connection().remoteAddress()).isEqualTo(client.remoteAddress());
    }
  }

  @Test
  void aHundredClientsAreServed() throws Exception {
    List<PbClient> clients = new ArrayList<>();
    try (PbServer server = roomServer()) {
      for (int i = 0; i < 100; i++) {
        clients.add(connect(server));
      }
      List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        calls.add(clients.get(i % 100).root().call("echo", i));
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(await(calls.get(i))).isEqualTo((long) i);
      }
      assertThat(server.connectionCount()).isEqualTo(100);
      clients.forEach(PbClient::close);
      awaitConnections(server, 0);
    } finally {
      clients.forEach(PbClient::close);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client that comes back has to be let in each time. */
class ReconnectingLoginTest extends ReconnectingScene {
  private static final class Account implements Referenceable {
    @Exposed
    String who() {
      return "alice";
    }
  }

  private static Portal portal(String password, AtomicInteger logins) {
    return Portal.of(
        login -> {
          logins.incrementAndGet();
          return CompletableFuture.completedFuture(Avatar.of(new Account()));
        },
        PasswordChecker.of(Map.of("alice", password)));
  }

  @Test
  void itLogsInOnEachConnection() throws Exception {
    AtomicInteger logins = new AtomicInteger();
    PbServer server = closing(server().portal(portal("sesame", logins)).start());
    int port = server.address().getPort();
    ReconnectingClient client =
        closing(to(port).login(Credentials.password("alice", "sesame"), null).start());
    assertThat(client.target().call("who").get(20, TimeUnit.SECONDS)).isEqualTo("alice");
    server.close();
    server =
        closing(
            PbServer.at("tcp:host=127.0.0.1:port=" + port)
                .portal(portal("sesame", logins))
                .start());
    awaitConnections(server, 1);
    assertThat(client.target().call("who").get(20, TimeUnit.SECONDS)).isEqualTo("alice");
    assertThat(logins).hasValue(2);
  }

  @Test
  void aWrongPasswordIsNotTriedTwice() throws Exception {
    PbServer server = closing(server().portal(portal("sesame", new AtomicInteger())).start());
    ReconnectingClient client =
        closing(
            driven(server.address().getPort())
                .login(Credentials.password("alice", "guess"), null)
                .start());
    CompletableFuture<?> call = client.target().call("who");
    story.await("gave up");
    fails(call, DeadReferenceException.class, "gave up: twisted.cred.error.UnauthorizedLogin");
    fails(client.ended(), RemoteException.class, "UnauthorizedLogin");
    assertThat(client.toString()).doesNotContain("guess");
    awaitConnections(server, 0);
  }

  @Test
  void aRefusedLoginIsAFailureLikeAnyOtherIfItIsToldSo() throws Exception {
    PbServer server = closing(server().portal(portal("sesame", new AtomicInteger())).start());
    closing(
        driven(server.address().getPort())
            .login(Credentials.password("alice", "guess"), null)
            .retryRefusedLogins()
            .start());
    story.await("wait 1000");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1));
    story.await("wait 1000", "wait 2000");
  }

  @Test
  void whoAcceptsAndThenSaysNothingIsAFailureInTime() throws Exception {
    try (ServerSocket mute = new ServerSocket(0)) {
      ReconnectingClient client =
          closing(driven(mute.getLocalPort()).loginTimeout(Duration.ofSeconds(7)).start());
      timing.awaitWaiting(1);
      assertThat(client.isConnected()).isFalse();
      timing.pass(Duration.ofSeconds(7));
      story.await("wait 1000");
      assertThat(client.toString()).contains("took longer than PT7S to let us in");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerPair;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.EventLog;
import dev.spindle.pb.broker.MemoryLink;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Passwords where others can read along. */
class PasswordLoginsTest {
  private static final Portal PORTAL =
      Portal.of(
          login -> CompletableFuture.completedFuture(Avatar.of(new Object())),
          PasswordChecker.of(Map.of("alice", "sesame")),
          new AnonymousChecker());

  private static BrokerPair pair(PasswordLogins atServer) {
    return BrokerPair.of(
        new MemoryLink(
            Broker.Role.SERVER,
            BrokerSettings.DEFAULT,
            Map.of("root", new LoginRoot(PORTAL, atServer))));
  }

  private static CompletableFuture<RemoteReference> login(
      BrokerPair pair, Credentials credentials, PasswordLogins atClient) {
    CompletableFuture<RemoteReference> login =
        ClientLogin.login(pair.client().root(), credentials, null, atClient);
    pair.pump();
    return login;
  }

  private static final Credentials ALICE = Credentials.password("alice", "sesame");

  @Test
  void theClientSendsNothing() {
    BrokerPair pair = pair(PasswordLogins.ALWAYS);
    pair.clientLink().exposed();
    CompletableFuture<RemoteReference> login =
        ClientLogin.login(pair.client().root(), ALICE, null, PasswordLogins.WHEN_SECURE);
    pair.clientLink().runTasks();
    assertThat(pair.clientLink().sent()).isEmpty();
    assertThatThrownBy(login::join)
        .hasCauseInstanceOf(LoginUnavailableException.class)
        .hasMessageContaining("no passwords over /127.0.0.1:1 - /127.0.0.1:1, where others can")
        .hasMessageContaining("use tls:, unix: or loopback, or say insecureLogins() at both ends");
    assertThat(login(pair, ALICE, PasswordLogins.ALWAYS)).isCompleted();
  }

  @Test
  void theServerRefusesAndSaysWhyAndOtherLoginsGoOn() {
    BrokerPair pair = pair(PasswordLogins.WHEN_SECURE);
    pair.serverLink().exposed();
    assertThatThrownBy(login(pair, ALICE, PasswordLogins.ALWAYS)::join)
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class,
            e -> {
              assertThat(e.type()).isEqualTo("twisted.cred.error.UnhandledCredentials");
              assertThat(e.text()).contains("no passwords over", "insecureLogins()");
            });
    assertThat(login(pair, Credentials.anonymous(), PasswordLogins.WHEN_SECURE)).isCompleted();
  }

  @Test
  void whoListensHearsOfTheRefusalAndTheName() {
    EventLog log = new EventLog();
    MemoryLink server =
        new MemoryLink(
            Broker.Role.SERVER,
            BrokerSettings.DEFAULT.withListener(log),
            Map.of("root", new LoginRoot(PORTAL, PasswordLogins.WHEN_SECURE)));
    server.exposed();
    BrokerPair pair = BrokerPair.of(server);
    login(pair, ALICE, PasswordLogins.ALWAYS);
    login(pair, Credentials.password("x".repeat(2000), ""), PasswordLogins.ALWAYS);
    assertThat(log.lines().stream().filter(line -> line.startsWith("login '")))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("login 'alice' refused: no passwords over "))
        .anyMatch(line -> line.startsWith("login '' refused: no passwords over "));
  }

  @Test
  void bothMayBeToldOtherwise() {
    BrokerPair pair = pair(PasswordLogins.ALWAYS);
    pair.serverLink().exposed();
    pair.clientLink().exposed();
    assertThat(login(pair, ALICE, PasswordLogins.ALWAYS)).isCompleted();
    assertThatThrownBy(() -> ClientLogin.login(pair.client().root(), ALICE, null).join())
        .hasCauseInstanceOf(LoginUnavailableException.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class EchoTest {
  static final class Greeter implements Referenceable {
    @Exposed
    String greet(String name) {
      return "hello " + name;
    }

    @Exposed
    Object echo(Object value) {
      return value;
    }

    @Exposed
    CompletionStage<Long> countTo(int n, RemoteReference listener) {
      CompletionStage<Object> last = CompletableFuture.completedFuture(null);
      for (int i = 1; i <= n; i++) {
        last = listener.call("tick", i);
      }
      return last.thenApply(done -> (long) n);
    }
  }

  static final class Listener implements Referenceable {
    final List<Integer> ticks = new java.util.concurrent.CopyOnWriteArrayList<>();

    @Exposed
    void tick(int i) {
      ticks.add(i);
    }
  }

  @Test
  void callsGoBothWaysOnOneConnection() throws Exception {
    try (PbServer server = PbServer.at("tcp:port=0").root(new Greeter()).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      assertThat(client.root().call("greet", "Ada").join()).isEqualTo("hello Ada");
      Listener listener = new Listener();
      assertThat(client.root().call("countTo", 3, listener).join()).isEqualTo(3L);
      assertThat(listener.ticks).containsExactly(1, 2, 3);
      assertThat(client.root().call("echo", Map.of("a", List.of(1L))).join())
          .isEqualTo(Map.of("a", List.of(1L)));
      assertThat(client.root().call("echo", listener).join()).isSameAs(listener);
      assertThatThrownBy(() -> client.root().call("nothing").join())
          .hasCauseInstanceOf(RemoteException.class)
          .hasMessageContaining("No such method: remote_nothing");
    }
  }

  @Test
  void closingTheRootTakesItFromNobody() throws Exception {
    try (PbServer server = PbServer.at("tcp:port=0").root(new Greeter()).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      client.root().close();
      assertThat(client.root().call("greet", "Ada").join()).isEqualTo("hello Ada");
    }
  }

  @Test
  void aLoginWithoutCredentialsIsRefusedWhereItIsMade() throws Exception {
    try (PbServer server = Servers.server().root(new Greeter()).start();
        PbClient client = Servers.connect(server)) {
      assertThatThrownBy(() -> client.login(null, null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("credentials");
    }
    assertThatThrownBy(() -> ReconnectingClient.to("tcp:port=1").login(null, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("credentials");
  }

  @Test
  void loginGivesThePerspectiveOfTheUser() throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(new Greeter())),
            PasswordChecker.of(Map.of("w1", "sesame")));
    try (PbServer server = PbServer.at("tcp:port=0").portal(portal).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      RemoteReference me = client.login(Credentials.password("w1", "sesame"), null).join();
      assertThat(me.call("greet", "w1").join()).isEqualTo("hello w1");
      assertThatThrownBy(() -> client.login(Credentials.password("w1", "wrong"), null).join())
          .hasMessageContaining("UnauthorizedLogin");
    }
  }
}

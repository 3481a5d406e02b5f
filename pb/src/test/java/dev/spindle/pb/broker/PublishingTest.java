// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes and goes while connections are live. Section 10.3 of the reference. */
class PublishingTest {

  record Clock(String time) implements Referenceable {
    @Exposed
    String now() {
      return time;
    }
  }

  /** Two methods of one name: nothing can be called. */
  static final class Broken implements Referenceable {
    @Exposed("x")
    void one() {}

    @Exposed("x")
    void other() {}
  }

  private final Services services = new Services().publish("clock", new Clock("noon"));
  private final OpenObject desk = new OpenObject();

  private RawPeer peer() {
    MemoryLink link =
        new MemoryLink(Broker.Role.SERVER, BrokerSettings.DEFAULT, Map.of("root", desk));
    link.broker().serve(services);
    return RawPeer.ofServer(link);
  }

  private static List<String> heard(RawPeer peer, String object, String method) {
    peer.says("[message 1 " + object + " " + method + " 1 [tuple] [dictionary]]");
    return peer.heard();
  }

  // ---- objects under names ----

  @Test
  void servicesComeAndGoWhileTheConnectionLives() {
    RawPeer peer = peer();
    assertThat(heard(peer, "clock", "now")).containsExactly("[answer 1 u\"noon\"]");
    assertThat(heard(peer, "later", "now"))
        .singleElement()
        .asString()
        .contains("Invalid Object ID");
    services.publish("later", new Clock("night"));
    services.publish("clock", new Clock("one"));
    assertThat(heard(peer, "later", "now")).containsExactly("[answer 1 u\"night\"]");
    assertThat(heard(peer, "clock", "now")).containsExactly("[answer 1 u\"one\"]");
    services.withdraw("clock");
    assertThat(heard(peer, "clock", "now"))
        .singleElement()
        .asString()
        .contains("Invalid Object ID");
  }

  @Test
  void aServiceComesHomeByItsName() {
    desk.add("echo", call -> call.arguments().get(0));
    RawPeer peer = peer();
    peer.says("[message 1 root echo 1 [tuple [local clock]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 [remote 1]]");
  }

  @Test
  void aNameIsNotCounted() {
    RawPeer peer = peer();
    heard(peer, "clock", "now");
    peer.says("[decref clock]");
    assertThat(peer.end()).contains("decref of");
  }

  @Test
  void whatCannotBeCalledCostsItsCallAndNoConnection() {
    services.publish("broken", new Broken());
    RawPeer peer = peer();
    assertThat(heard(peer, "broken", "x"))
        .singleElement()
        .asString()
        .contains("builtins.TypeError: the object cannot be called")
        .contains("'x'");
    assertThat(heard(peer, "clock", "now")).containsExactly("[answer 1 u\"noon\"]");
  }

  @Test
  void theRootsNameIsTheEndpoints() {
    assertThatThrownBy(() -> services.publish("root", new Clock("x")))
        .hasMessageContaining("'root'");
    assertThatThrownBy(() -> PbServer.at("tcp:port=0").services(services).start())
        .hasMessageContaining("either a root object or a portal");
  }

  @Test
  void bothEndsPublishOverASocket() throws Exception {
    Services ofClient = new Services().publish("clock", new Clock("theirs"));
    CompletableFuture<String> asked = new CompletableFuture<>();
    desk.add(
        "meet",
        call -> {
          call.connection()
              .service("clock")
              .call("now")
              .thenAccept(time -> asked.complete((String) time));
          return null;
        });
    try (PbServer server = PbServer.at("tcp:port=0").root(desk).services(services).start();
        PbClient client =
            PbClient.to("tcp:port=" + server.address().getPort()).services(ofClient).connect()) {
      assertThat(client.service("clock").call("now").join()).isEqualTo("noon");
      client.root().call("meet").join();
      assertThat(asked.join()).isEqualTo("theirs");
    }
  }

  // ---- methods ----

  @Test
  void methodsComeAndGoWhileTheObjectIsHeld() {
    RawPeer peer = peer();
    assertThat(heard(peer, "root", "add"))
        .containsExactly(
            "[error 1 !twisted.spread.flavors.NoSuchMethod: No such method: remote_add]");
    desk.add("add", call -> (Long) call.arguments().get(0) + (Long) call.keywords().get("b"));
    peer.says("[message 2 root add 1 [tuple 3] [dictionary [u\"b\" 4]]]");
    assertThat(peer.heard()).containsExactly("[answer 2 7]");
    desk.add("add", call -> CompletableFuture.completedFuture("replaced"));
    peer.says("[message 3 root add 1 [tuple 3] [dictionary [u\"b\" 4]]]");
    assertThat(peer.heard()).containsExactly("[answer 3 u\"replaced\"]");
    desk.remove("add");
    assertThat(heard(peer, "root", "add")).singleElement().asString().contains("NoSuchMethod");
  }

  @Test
  void whatAMethodThrowsIsAnError() {
    desk.add(
        "fail",
        call -> {
          throw new java.io.IOException("no disk");
        });
    assertThat(heard(peer(), "root", "fail"))
        .containsExactly("[error 1 !java.io.IOException: no disk]");
  }

  @Test
  void aMethodKnowsWhoCalls() {
    OpenObject avatar = new OpenObject();
    avatar.add("who", call -> call.perspective().orElseThrow() == avatar);
    desk.add("login", call -> new Exposure(avatar, Exposure.Kind.PERSPECTIVE, () -> {}));
    RawPeer peer = peer();
    assertThat(heard(peer, "root", "login")).containsExactly("[answer 1 [remote 1]]");
    assertThat(heard(peer, "1", "who")).containsExactly("[answer 1 [boolean true]]");
    assertThat(heard(peer, "1", "what"))
        .singleElement()
        .asString()
        .contains("'OpenObject' object has no attribute 'perspective_what'");
  }
}

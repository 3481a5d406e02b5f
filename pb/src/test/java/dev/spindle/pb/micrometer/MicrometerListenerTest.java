// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.RawPeer;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.Portal;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerListener listener = new MicrometerListener(registry);
  private final BrokerSettings settings = BrokerSettings.DEFAULT.withListener(listener);

  private static final class Desk implements Referenceable {
    final CompletableFuture<Object> later = new CompletableFuture<>();

    @Exposed
    Object echo(Object value) {
      return value;
    }

    @Exposed
    void fail() {
      throw new PbError("a.B", "no");
    }

    @Exposed
    CompletableFuture<Object> later() {
      return later;
    }
  }

  private final Desk desk = new Desk();

  private Timer timer(String direction, String method, String outcome) {
    return registry
        .get("pb.calls")
        .tags("direction", direction, "method", method, "outcome", outcome)
        .timer();
  }

  private double active(String direction) {
    return registry.get("pb.calls.active").tag("direction", direction).gauge().value();
  }

  @Test
  void callsAreTimedByMethodAndOutcome() {
    RawPeer peer = RawPeer.ofServer(desk, settings);
    peer.says(
        "[message 1 root echo 1 [tuple 5] [dictionary]]",
        "[message 2 root echo 1 [tuple 5] [dictionary]]",
        "[message 3 root fail 1 [tuple] [dictionary]]",
        "[message 4 root later 1 [tuple] [dictionary]]",
        "[message 5 root echo 1 [tuple [frob]] [dictionary]]");
    assertThat(timer("in", "echo", "answered").count()).isEqualTo(2);
    assertThat(timer("in", "echo", "failed").count()).isEqualTo(1);
    assertThat(timer("in", "fail", "failed").count()).isEqualTo(1);
    assertThat(registry.get("pb.values.refused").counter().count()).isEqualTo(1);
    assertThat(active("in")).isEqualTo(1);
    peer.link().clock().pass(Duration.ofSeconds(3));
    desk.later.complete(5);
    assertThat(timer("in", "later", "answered").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(active("in")).isZero();
  }

  @Test
  void callsOutAreTimedAndBytesCounted() {
    RawPeer server = RawPeer.ofClient(settings);
    RemoteReference root = server.broker().root();
    root.call("a");
    root.withDeadline(Duration.ofSeconds(2)).call("b");
    server.says("[answer 1 5]");
    server.link().clock().pass(Duration.ofSeconds(2));
    assertThat(timer("out", "a", "answered").count()).isEqualTo(1);
    assertThat(timer("out", "b", "deadline_exceeded").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(active("out")).isZero();
    double sent = registry.get("pb.bytes").tag("direction", "sent").counter().count();
    assertThat(sent).isEqualTo(2 * (2 + 2 + 2 + 6 + 3 + 2 + 4 + 4));
    assertThat(registry.get("pb.bytes").tag("direction", "received").counter().count())
        .isEqualTo(8);
  }

  @Test
  void whatPeersMakeUpIsOther() {
    RawPeer peer = RawPeer.ofServer(desk, settings);
    for (int i = 1; i <= 1000; i++) {
      peer.says("[message " + i + " root made_up_" + i + " 1 [tuple] [dictionary]]");
    }
    assertThat(timer("in", "other", "failed").count()).isEqualTo(1000);
    assertThat(registry.find("pb.calls").timers()).hasSize(1);
  }

  @Test
  void beyondTheBoundNamesOfOursAreOtherToo() {
    RawPeer server = RawPeer.ofClient(settings);
    for (int i = 0; i < MicrometerListener.MAX_METHODS + 100; i++) {
      server.broker().root().send("m" + i);
    }
    assertThat(timer("out", "other", "answered").count()).isEqualTo(100);
    assertThat(registry.find("pb.calls").timers()).hasSize(MicrometerListener.MAX_METHODS + 1);
  }

  @Test
  void connectionsAndLoginsOfRealEndpointsAreCounted() throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(desk)), new AnonymousChecker());
    try (PbServer server = PbServer.at("tcp:port=0").portal(portal).listener(listener).start()) {
      try (PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
        client.login(Credentials.anonymous(), null).join();
        assertThatThrownBy(client.login(Credentials.password("eve", "guess"), null)::join)
            .isNotNull();
        assertThat(registry.get("pb.connections").gauge().value()).isEqualTo(1);
        for (String outcome : new String[] {"succeeded", "refused"}) {
          assertThat(registry.get("pb.logins").tag("outcome", outcome).counter().count())
              .isEqualTo(1);
        }
      }
      await().until(() -> registry.get("pb.connections").gauge().value() == 0);
      assertThat(registry.get("pb.connections.opened").counter().count()).isEqualTo(1);
      assertThat(registry.get("pb.connections.dropped").counter().count()).isZero();
    }
    String everything =
        registry.getMeters().stream()
            .map(Meter::getId)
            .map(Object::toString)
            .collect(Collectors.joining());
    assertThat(everything).doesNotContain("eve").doesNotContain("127.0.0.1");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpTransportTest extends TransportContract {
  @Override
  Endpoint listening() {
    return Endpoint.tcp("127.0.0.1", 0);
  }

  @Override
  Endpoint dialing(PbServer server) {
    return server.endpoint();
  }

  @Test
  void aHalfClosedConnectionIsClosed() throws Exception {
    try (PbServer server = PbServer.at(listening()).root(new Room()).start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.shutdownOutput();
      socket.setSoTimeout(20_000);
      socket.getInputStream().readAllBytes();
      Servers.awaitConnections(server, 0);
    }
  }

  /** The system's own settings would find a peer that is gone after two hours. */
  @Test
  void aSilentPeerIsAskedWithinAMinute() throws Exception {
    TcpTransport transport = new TcpTransport("127.0.0.1", 0, KeepAlive.DEFAULT);
    Bootstrap client = new Bootstrap();
    transport.dialing(client);
    ServerBootstrap server = new ServerBootstrap();
    transport.listening(server);
    assertThat(options(client.config().options())).containsAllEntriesOf(expected());
    assertThat(options(server.config().childOptions())).containsAllEntriesOf(expected());
    assertThat(expected()).containsEntry("SO_KEEPALIVE", true);
  }

  private static Map<String, Object> options(
      Map<? extends io.netty.channel.ChannelOption<?>, Object> set) {
    return set.entrySet().stream()
        .collect(
            Collectors.toMap(e -> e.getKey().name().replaceAll(".*#", ""), Map.Entry::getValue));
  }

  /** Where the JVM has settings for it, as on Linux, they are made. */
  private static Map<String, Object> expected() throws Exception {
    try (SocketChannel sample = SocketChannel.open()) {
      boolean settable =
          sample.supportedOptions().stream().anyMatch(o -> o.name().equals("TCP_KEEPIDLE"));
      assertThat(sample.supportedOptions()).contains(StandardSocketOptions.SO_KEEPALIVE);
      return settable
          ? Map.of(
              "SO_KEEPALIVE", true, "TCP_KEEPIDLE", 30, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3)
          : Map.of("SO_KEEPALIVE", true);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.9S, PT1S, 1",
    "PT1S, PT0S, 1",
    "PT1S, PT1S, 0",
    "PT9H7M, PT1S, 1",
    "PT1S, PT1S, 128"
  })
  void keepAliveHasBounds(Duration idle, Duration interval, int probes) {
    assertThat(new KeepAlive(Duration.ofSeconds(32_767), Duration.ofSeconds(1), 127)).isNotNull();
    assertThatThrownBy(() -> new KeepAlive(idle, interval, probes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keep-alive ")
        .hasMessageContaining("expected 1 to ");
  }
}

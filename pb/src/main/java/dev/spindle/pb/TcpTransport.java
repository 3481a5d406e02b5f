// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;

/** TCP: without Nagle's delay, and with questions to peers that are silent. */
final class TcpTransport implements Transport {
  private final String host;
  private final int port;
  private final Map<ChannelOption<Integer>, Integer> keepAlive;

  TcpTransport(String host, int port, KeepAlive keepAlive) throws IOException {
    this.host = host;
    this.port = port;
    this.keepAlive = options(keepAlive);
  }

  /** Found by their names, since neither every JVM nor every system has them. */
  private static Map<ChannelOption<Integer>, Integer> options(KeepAlive times) throws IOException {
    Map<String, Integer> wanted =
        Map.of(
            "TCP_KEEPIDLE", (int) times.idle().toSeconds(),
            "TCP_KEEPINTERVAL", (int) times.interval().toSeconds(),
            "TCP_KEEPCOUNT", times.probes());
    Map<ChannelOption<Integer>, Integer> found = new HashMap<>();
    try (SocketChannel sample = SocketChannel.open()) {
      for (SocketOption<?> option : sample.supportedOptions()) {
        Integer value = wanted.get(option.name());
        if (value != null) {
          found.put(NioChannelOption.of(ofInteger(option)), value);
        }
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked") // All three are, by their definition.
  private static SocketOption<Integer> ofInteger(SocketOption<?> option) {
    return (SocketOption<Integer>) option;
  }

  @Override
  public SocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String place() {
    return host + ":" + port;
  }

  @Override
  public void dialing(Bootstrap client) {
    client
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true);
    keepAlive.forEach(client::option);
  }

  @Override
  public void listening(ServerBootstrap server) {
    server
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true);
    keepAlive.forEach(server::childOption);
  }
}

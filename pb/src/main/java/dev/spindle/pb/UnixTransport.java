// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Unix sockets of the JDK. */
final class UnixTransport implements Transport {
  private final Endpoint.Unix endpoint;

  UnixTransport(Endpoint.Unix endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public SocketAddress address() {
    return UnixDomainSocketAddress.of(endpoint.path());
  }

  @Override
  public String place() {
    return endpoint.path().toString();
  }

  @Override
  public void dialing(Bootstrap client) {
    client.channel(NioDomainSocketChannel.class);
  }

  @Override
  public void listening(ServerBootstrap server) {
    server.channel(NioServerDomainSocketChannel.class).childAttr(Peer.LISTENER, address());
  }

  @Override
  public Channel bind(ServerBootstrap server) throws IOException {
    try {
      SocketFile file = new SocketFile(endpoint.path(), endpoint.mode());
      Channel listener = file.publish(place -> bind(server, place));
      listener.closeFuture().addListener(closed -> file.remove());
      return listener;
    } catch (IOException e) {
      throw new IOException("cannot listen on " + place() + ": " + SocketFile.reason(e), e);
    }
  }

  private static Channel bind(ServerBootstrap server, Path place) throws IOException {
    ChannelFuture bound = server.bind(UnixDomainSocketAddress.of(place)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }
}

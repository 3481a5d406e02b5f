// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;

/** TLS, of the JDK, over TCP. */
final class TlsTransport implements Transport {
  private final Endpoint.Tls endpoint;
  private final Role role;
  private final TcpTransport tcp;
  private final TlsFiles files;

  TlsTransport(Endpoint.Tls endpoint, Role role, KeepAlive keepAlive) throws IOException {
    require(endpoint, role);
    this.endpoint = endpoint;
    this.role = role;
    this.tcp = new TcpTransport(endpoint.host(), endpoint.port(), keepAlive);
    this.files = new TlsFiles(endpoint, role);
  }

  private static void require(Endpoint.Tls endpoint, Role role) {
    if (role == Role.SERVER && endpoint.cert() == null) {
      throw new IllegalArgumentException(
          endpoint + ": a server needs a certificate: add cert=FILE:key=FILE");
    }
    if (role == Role.SERVER && endpoint.name() != null) {
      throw new IllegalArgumentException(
          endpoint + ": name is what a client expects of a server: leave it out here");
    }
  }

  @Override
  public SocketAddress address() {
    return tcp.address();
  }

  @Override
  public String place() {
    return tcp.place();
  }

  @Override
  public void dialing(Bootstrap client) {
    tcp.dialing(client);
  }

  @Override
  public void listening(ServerBootstrap server) {
    tcp.listening(server);
  }

  @Override
  public void open(
      Channel channel, LinkLimits limits, ChannelHandler link, Consumer<IOException> failed) {
    SslHandler tls = handler(channel, files.context());
    tls.setHandshakeTimeoutMillis(limits.tls().toMillis());
    TlsTrouble trouble = new TlsTrouble(endpoint, role, limits);
    channel.pipeline().addLast(tls, new TlsDoor(role, limits, link, trouble, failed));
  }

  private SslHandler handler(Channel channel, SslContext context) {
    if (role == Role.SERVER) {
      return context.newHandler(channel.alloc());
    }
    String name = endpoint.name() == null ? endpoint.host() : endpoint.name();
    SslHandler handler = context.newHandler(channel.alloc(), name, endpoint.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    handler.engine().setSSLParameters(parameters);
    return handler;
  }
}

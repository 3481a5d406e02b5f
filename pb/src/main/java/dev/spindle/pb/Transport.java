// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.function.Consumer;

/** One endpoint as Netty knows it: its channels, its address and what stands before the link. */
interface Transport {

  /** Who is asking: the same endpoint means other things to the two ends. */
  enum Role {
    CLIENT,
    SERVER
  }

  /**
   * @throws IllegalArgumentException when the endpoint has values that make no sense for this role
   * @throws IOException when files that it names cannot be used, naming the file and the mend
   */
  static Transport of(Endpoint endpoint, Role role, KeepAlive keepAlive) throws IOException {
    if (endpoint instanceof Endpoint.Tcp tcp) {
      return new TcpTransport(tcp.host(), tcp.port(), keepAlive);
    }
    if (endpoint instanceof Endpoint.Tls tls) {
      return new TlsTransport(tls, role, keepAlive);
    }
    if (endpoint instanceof Endpoint.Unix unix) {
      return new UnixTransport(unix);
    }
    return new InProcessTransport((Endpoint.InProcess) endpoint);
  }

  SocketAddress address();

  /** For messages: what is connected to, or listened on. */
  String place();

  /** Gives a client its kind of channel. */
  void dialing(Bootstrap client);

  /** Gives a server its kind of channel. */
  void listening(ServerBootstrap server);

  /** What the channels of this kind need of their event loops. */
  default IoHandlerFactory io() {
    return NioIoHandler.newFactory();
  }

  /** How long event loops wait for a last task of somebody else's: not at all, as a rule. */
  default Duration quietBeforeEnd() {
    return Duration.ZERO;
  }

  /** Begins to listen, and waits until it does. */
  default Channel bind(ServerBootstrap server) throws IOException {
    ChannelFuture bound = server.bind(address()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + place() + ": " + why(bound.cause()), bound.cause());
    }
    return bound.channel();
  }

  /** In words, since the JDK has none for a host that cannot be found. */
  static String why(Throwable failure) {
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return "no host of this name is known";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /**
   * Adds the link to a new channel, at once or when what stands before it has been passed.
   *
   * @param failed told why it was not passed, if so; the channel is closed then
   */
  default void open(
      Channel channel, LinkLimits limits, ChannelHandler link, Consumer<IOException> failed) {
    channel.pipeline().addLast(link);
  }
}

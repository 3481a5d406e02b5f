// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.Link;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Makes one connection as a client. */
final class Dialer extends ChannelInitializer<Channel> {
  private final Transport transport;
  private final LinkLimits limits;
  private final Function<Link, Broker> brokerOf;
  private final CompletableFuture<Broker> standing = new CompletableFuture<>();

  Dialer(Transport transport, LinkLimits limits, Function<Link, Broker> brokerOf) {
    this.transport = transport;
    this.limits = limits;
    this.brokerOf = brokerOf;
  }

  /**
   * Waits until the connection stands, TLS included.
   *
   * @throws IOException naming where to, and why not
   */
  Broker dial(EventLoopGroup loops) throws IOException {
    Bootstrap client =
        new Bootstrap()
            .group(loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis())
            .handler(this);
    transport.dialing(client);
    ChannelFuture connecting = client.connect(transport.address()).awaitUninterruptibly();
    if (!connecting.isSuccess()) {
      throw failure(connecting.cause());
    }
    try {
      return standing.join();
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  private IOException failure(Throwable cause) {
    return new IOException(
        "cannot connect to " + transport.place() + ": " + Transport.why(cause), cause);
  }

  /** In what Netty takes. */
  private int connectMillis() {
    return (int) Math.min(Integer.MAX_VALUE, limits.connect().toMillis());
  }

  @Override
  protected void initChannel(Channel channel) {
    NettyLink.shareThread(channel);
    transport.open(
        channel,
        limits,
        new NettyLink(this::broker, limits),
        failure -> standing.completeExceptionally(failure));
  }

  private Broker broker(Link link) {
    Broker broker = brokerOf.apply(link);
    standing.complete(broker);
    return broker;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.Link;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import java.net.SocketAddress;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of each connection that a server accepts. */
final class Reception extends ChannelInitializer<Channel> {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  /** Makes the broker of a connection that was let in. */
  interface Rooms {
    Function<Link, Broker> room(Channel channel, Door.Visit visit);
  }

  private final Transport transport;
  private final LinkLimits limits;
  private final Door door;
  private final ChannelGroup connections;
  private final Rooms rooms;
  private final RareLog refusals = new RareLog(LOG, System::nanoTime);
  private final RareLog troubles = new RareLog(LOG, System::nanoTime);

  Reception(
      Transport transport, LinkLimits limits, Door door, ChannelGroup connections, Rooms rooms) {
    this.transport = transport;
    this.limits = limits;
    this.door = door;
    this.connections = connections;
    this.rooms = rooms;
  }

  @Override
  protected void initChannel(Channel channel) {
    SocketAddress from = Peer.of(channel).remote();
    Door.Answer answer = door.enter(from);
    Door.Visit visit = answer.visit();
    if (visit == null) {
      refusals.warn("turned away: " + answer.why(), from);
      channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> visit.leave());
    connections.add(channel);
    NettyLink.shareThread(channel);
    transport.open(
        channel,
        limits,
        new NettyLink(rooms.room(channel, visit), limits),
        failure -> troubles.warn(failure.getMessage(), from));
  }
}

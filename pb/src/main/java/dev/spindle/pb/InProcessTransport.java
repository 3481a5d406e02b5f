// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * Bytes handed from event loop to event loop, without a socket. Unlike a socket it has no bound of
 * its own on what waits for a slow reader.
 */
final class InProcessTransport implements Transport {
  private final Endpoint.InProcess endpoint;

  InProcessTransport(Endpoint.InProcess endpoint) {
    this.endpoint = endpoint;
  }

  /** Two endpoints of one name are two places. */
  @Override
  public SocketAddress address() {
    return new LocalAddress(
        endpoint.name() + "-" + Integer.toHexString(System.identityHashCode(endpoint)));
  }

  @Override
  public String place() {
    return endpoint.toString();
  }

  @Override
  public IoHandlerFactory io() {
    return LocalIoHandler.newFactory();
  }

  /** The other end's loop gives ours a task when it closes, and cannot know that ours is gone. */
  @Override
  public Duration quietBeforeEnd() {
    return Duration.ofMillis(200);
  }

  @Override
  public void dialing(Bootstrap client) {
    client.channel(LocalChannel.class);
  }

  @Override
  public void listening(ServerBootstrap server) {
    server.channel(LocalServerChannel.class);
  }
}

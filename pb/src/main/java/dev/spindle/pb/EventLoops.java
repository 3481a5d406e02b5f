// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Starts and ends the threads that own connections. */
final class EventLoops {
  private EventLoops() {}

  static EventLoopGroup start(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /** Ends without the quiet time that Netty waits for by default, but lets tasks finish. */
  static void stop(EventLoopGroup loops) {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }
}

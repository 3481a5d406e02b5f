// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The threads that own connections: their start, their timers and their end. */
final class EventLoops {
  private EventLoops() {}

  static EventLoopGroup start(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /** Runs a task on a connection's thread after a time, unless the connection ends before. */
  static void after(Duration time, Channel connection, Runnable task) {
    Future<?> timer = connection.eventLoop().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    connection.closeFuture().addListener(closed -> timer.cancel(false));
  }

  /** Ends without the quiet time that Netty waits for by default, but lets tasks finish. */
  static void stop(EventLoopGroup loops) {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }
}

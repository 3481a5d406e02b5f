// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads that own connections: their start, their timers and their end.
 *
 * @param quiet how long no task must have come before they end
 */
record EventLoops(EventLoopGroup group, Duration quiet) {
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  static EventLoops start(String name, int threads, Transport transport) {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(threads, ConnectionThread.named(name), transport.io());
    return new EventLoops(group, transport.quietBeforeEnd());
  }

  /** Runs a task on a connection's thread after a time, unless the connection ends before. */
  static void after(Duration time, Channel connection, Runnable task) {
    Future<?> timer = connection.eventLoop().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    connection.closeFuture().addListener(closed -> timer.cancel(false));
  }

  /** Ends them, but lets tasks finish. */
  void stop() {
    group.shutdownGracefully(quiet.toMillis(), LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
  }
}

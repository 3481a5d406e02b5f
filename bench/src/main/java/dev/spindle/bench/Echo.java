// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection to an echo server, of one kind of contestant. */
interface Echo extends AutoCloseable {

  /** What runs it. */
  String version();

  /** The contestant's own form of a payload, made once. */
  Object formOf(Payload payload);

  /** Echoes a form; the answer comes on the connection's thread, and calls may be made there. */
  void call(Object form, BiConsumer<@Nullable Object, @Nullable Throwable> answer);

  /** Whether an answer is what was sent. */
  default boolean isSame(Object form, @Nullable Object answer) {
    return form.equals(answer);
  }

  @Override
  void close();

  /** Connects to a server on this machine. */
  static Echo to(Contestant contestant, int port) throws Exception {
    return switch (contestant) {
      case SPINDLE -> new SpindleEcho(port);
      case GRPC -> new GrpcEcho(port);
      case NETTY -> new NettyEcho(port);
      case TWISTED -> throw new IllegalArgumentException("Twisted has a client of its own");
    };
  }
}

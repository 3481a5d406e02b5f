// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.net.SocketAddress;
import java.util.function.Consumer;

/** One connection, seen from our side. Thread: any. */
public interface PbConnection extends AutoCloseable {

  /** The other side's root object. Named, not counted: it need not be closed. */
  RemoteReference root();

  SocketAddress remoteAddress();

  SocketAddress localAddress();

  /**
   * Tells once when the connection has ended, with the reason; at once if it has. Called on the
   * connection's thread: must not block.
   */
  void onDisconnect(Consumer<ConnectionLostException> listener);

  /** Ends the connection; calls under way fail. Does not wait. Safe to call twice. */
  @Override
  void close();
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.PbConnection;
import java.net.SocketAddress;
import org.slf4j.MDC;

/** Puts the other side's address into the MDC, once for all that is done in one go. */
final class PeerContext {
  private final String peer;

  PeerContext(SocketAddress peer) {
    this.peer = peer.toString();
  }

  void enter() {
    MDC.put(PbConnection.MDC_PEER, peer);
  }

  void leave() {
    MDC.remove(PbConnection.MDC_PEER);
  }

  Runnable around(Runnable task) {
    return () -> {
      enter();
      try {
        task.run();
      } finally {
        leave();
      }
    };
  }
}

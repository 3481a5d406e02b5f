// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Servers on loopback, and clients of theirs. */
final class Servers {
  private Servers() {}

  static PbServer.Builder server() {
    return PbServer.at("tcp:host=127.0.0.1:port=0").threads(2);
  }

  static PbClient connect(PbServer server) throws IOException {
    return PbClient.connect("tcp:host=127.0.0.1:port=" + server.address().getPort());
  }

  static void awaitConnections(PbServer server, int count) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> server.connectionCount() == count);
  }
}

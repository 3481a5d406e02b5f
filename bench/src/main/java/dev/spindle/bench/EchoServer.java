// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;

/** An echo server on a free port, which it prints. Ends when its input does. */
final class EchoServer implements Referenceable {
  private EchoServer() {}

  @Exposed
  Object echo(Object value) {
    return value;
  }

  public static void main(String[] args) throws Exception {
    try (PbServer server = PbServer.at("tcp:port=0").root(new EchoServer()).start()) {
      System.out.println(server.address().getPort());
      while (System.in.read() >= 0) {
        // Nothing is expected but the end.
      }
    }
  }
}

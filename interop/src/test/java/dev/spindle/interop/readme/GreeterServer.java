// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

// [begin server]
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;

final class GreeterServer implements Referenceable {
  @Exposed
  String greet(String name) {
    return "hello " + name;
  }

  public static void main(String[] args) throws Exception {
    try (PbServer server = PbServer.at(args[0]).root(new GreeterServer()).start()) {
      System.out.println("listening on port " + server.address().getPort());
      Thread.currentThread().join(); // until the process is stopped
    }
  }
}
// [end server]

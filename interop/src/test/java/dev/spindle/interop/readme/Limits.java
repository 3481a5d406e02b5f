// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.io.IOException;
import java.time.Duration;

final class Limits {
  static final class Echo implements Referenceable {
    @Exposed
    Object echo(Object value) {
      return value;
    }
  }

  // [begin server]
  static PbServer serve(String endpoint, Referenceable root) throws IOException {
    return PbServer.at(endpoint)
        .root(root)
        // strings and lists of 64 Ki, 100 lists in each other, 1 MiB in one message
        .limits(new BananaLimits(64 * 1024, 100, 1024 * 1024))
        .maxReferences(100)
        .handshakeTimeout(Duration.ofSeconds(5))
        .start();
  }

  // [end server]

  public static void main(String[] args) throws Exception {
    try (PbServer server = serve("tcp:port=0", new Echo())) {
      String endpoint = "tcp:port=" + server.address().getPort();
      for (int size : new int[] {64 * 1024, 64 * 1024 + 1}) {
        try (PbClient client = PbClient.connect(endpoint)) {
          client
              .root()
              .call("echo", new byte[size])
              .handle((answer, error) -> error == null ? "answered" : error.getMessage())
              .thenAccept(System.out::println)
              .join();
        }
      }
    }
  }

  private Limits() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

// [begin client]
import dev.spindle.pb.PbClient;

final class GreeterClient {
  public static void main(String[] args) throws Exception {
    try (PbClient client = PbClient.connect(args[0])) {
      System.out.println(client.root().call("greet", "Ada").join());
    }
  }
}
// [end client]

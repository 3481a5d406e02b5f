// SPDX-License-Identifier: Apache-2.0
package consumer;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;

final class Main {
  static final class Greeter implements Referenceable {
    @Exposed
    String greet(String name) {
      return "hello " + name;
    }
  }

  private Main() {}

  public static void main(String[] args) throws Exception {
    try (PbServer server = PbServer.at("tcp:port=0").root(new Greeter()).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      System.out.println(client.root().call("greet", "Ada").join());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.concurrent.CompletionStage;

final class Callbacks {
  // [begin server]
  static final class Counter implements Referenceable {
    @Exposed
    CompletionStage<String> countTo(int n, RemoteReference listener) {
      for (int i = 1; i < n; i++) {
        listener.send("tick", i); // nobody waits for an answer
      }
      return listener.call("tick", n).thenApply(answer -> "it said " + answer);
    }
  }

  // [end server]

  // [begin client]
  static final class Listener implements Referenceable {
    @Exposed
    String tick(int i) {
      System.out.println("tick " + i);
      return i + " ticks are enough";
    }
  }

  static void run(PbClient client) {
    System.out.println(client.root().call("countTo", 3, new Listener()).join());
  }

  // [end client]

  public static void main(String[] args) throws Exception {
    try (PbServer server = PbServer.at("tcp:port=0").root(new Counter()).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      run(client);
    }
  }

  private Callbacks() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import java.util.concurrent.CompletionException;

final class Errors {
  // [begin server]
  static final class Shop implements Referenceable {
    @Exposed
    void order(String item, int count) {
      throw new PbError("shop.OutOfStock", "no more " + item);
    }
  }

  // [end server]

  // [begin client]
  static void run(PbClient client) {
    try {
      client.root().call("order", "tea", 2).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RemoteException error && error.isA("shop.OutOfStock")) {
        System.out.println(error.text());
      } else {
        throw e;
      }
    }
    client
        .root()
        .call("order", "tea", "two")
        .exceptionally(
            error -> {
              System.out.println(error.getMessage());
              return null;
            })
        .join();
  }

  // [end client]

  public static void main(String[] args) throws Exception {
    try (PbServer server = PbServer.at("tcp:port=0").root(new Shop()).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      run(client);
    }
  }

  private Errors() {}
}

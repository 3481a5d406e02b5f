// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.types.Types;
import java.io.IOException;
import java.util.concurrent.CompletionException;

@SuppressWarnings("serial")
final class Tea {
  // [begin types]
  static final class OutOfTea extends Exception {
    OutOfTea(String text) { // or OutOfTea(Failure failure), for all that the other side said
      super(text);
    }
  }

  static final Types TYPES =
      Types.builder().error(OutOfTea.class, "shop.OutOfTea", "twisted.spread.pb.Error").build();

  // [end types]

  // [begin server]
  static final class Shop implements Referenceable {
    @Exposed
    String order(String drink) throws OutOfTea {
      throw new OutOfTea("no more " + drink);
    }
  }

  static PbServer serve(String endpoint) throws IOException {
    return PbServer.at(endpoint).types(TYPES).root(new Shop()).start();
  }

  // [end server]

  // [begin client]
  static void run(String endpoint) throws IOException {
    try (PbClient client = PbClient.to(endpoint).types(TYPES).connect()) {
      client.root().call("order", "tea").join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OutOfTea error) {
        System.out.println(error.getMessage() + ": coffee, then");
      } else {
        throw e;
      }
    }
  }

  // [end client]

  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      try (PbServer server = serve(args[1])) {
        Serving.untilStopped(server);
      }
    } else {
      run(args[1]);
    }
  }

  private Tea() {}
}

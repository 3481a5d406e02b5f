// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.OpenObject;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Services;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** The page on publishing while connections live. */
final class Publishing {
  static final class Weather implements Referenceable {
    @Exposed
    String tomorrow() {
      return "rain";
    }
  }

  // [begin services]
  static final Services SERVICES = new Services();

  static PbServer serve(String endpoint) throws IOException {
    return PbServer.at(endpoint).root(new Desk()).services(SERVICES).start();
  }

  static void open() {
    SERVICES.publish("weather", new Weather()); // at once, on every connection
  }

  static void shut() {
    SERVICES.withdraw("weather");
  }

  // [end services]

  // [begin client]
  static void run(PbClient client) {
    RemoteReference weather = client.service("weather");
    System.out.println(weather.call("tomorrow").join());
    client.root().call("shut").join();
    try {
      weather.call("tomorrow").join();
    } catch (CompletionException e) {
      System.out.println(((RemoteException) e.getCause()).text());
    }
  }

  // [end client]

  // [begin methods]
  static final OpenObject SUMS = new OpenObject();

  static void learn() {
    SUMS.add("add", call -> (Long) call.arguments().get(0) + (Long) call.arguments().get(1));
  }

  static void forget() {
    SUMS.remove("add"); // NoSuchMethod from now on
  }

  // [end methods]

  static final class Desk implements Referenceable {
    @Exposed
    void shut() {
      Publishing.shut();
    }

    @Exposed
    OpenObject sums() {
      return SUMS;
    }
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      open();
      learn();
      try (PbServer server = serve(args[1])) {
        Serving.untilStopped(server);
      }
    } else if (args[0].equals("methods")) {
      try (PbServer server = serve("tcp:port=0");
          PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
        RemoteReference sums = (RemoteReference) client.root().call("sums").join();
        learn();
        System.out.println(sums.call("add", 1, 2).join());
        forget();
        System.out.println(
            sums.call("add", 1, 2).handle((sum, error) -> ((RemoteException) error).type()).join());
      }
    } else {
      try (PbClient client = PbClient.connect(args[1])) {
        run(client);
      }
    }
  }

  private Publishing() {}
}

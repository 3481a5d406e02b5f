// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.RemoteReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Measures a client: reads lines of {@code PAYLOAD IN_FLIGHT MILLIS}, prints calls per second. */
final class EchoClient {
  private EchoClient() {}

  public static void main(String[] args) throws IOException {
    try (PbClient client = PbClient.connect("tcp:port=" + args[0]);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      System.out.println("Java " + Runtime.version());
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(measure(client.root(), order.split(" ")));
      }
    }
  }

  private static String measure(RemoteReference root, String[] order) {
    Object payload = Payload.valueOf(order[0].toUpperCase(Locale.ROOT)).value;
    Object echoed = root.call("echo", payload).join();
    if (!payload.equals(echoed)) {
      throw new IllegalStateException("echoed " + echoed + " for " + payload);
    }
    return Double.toString(
        new Flight(root, payload, Integer.parseInt(order[1]), Long.parseLong(order[2])).run());
  }
}

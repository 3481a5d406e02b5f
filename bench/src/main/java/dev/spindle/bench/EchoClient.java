// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A client of the contestant that is named: reads lines of {@code PAYLOAD IN_FLIGHT MILLIS}, and
 * prints the calls that were answered, the seconds, and what it has used for them.
 */
final class EchoClient {
  private EchoClient() {}

  public static void main(String[] args) throws Exception {
    try (Echo echo = Echo.to(Contestant.of(args[0]), Integer.parseInt(args[1]));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      System.out.println(echo.version());
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        String[] words = order.split(" ");
        Object form = echo.formOf(Payload.of(words[0]));
        Flight flight =
            new Flight(echo, form, Integer.parseInt(words[1]), Long.parseLong(words[2]));
        Usage before = Usage.now();
        Flight.Landed landed = flight.run();
        Usage used = Usage.now().since(before);
        System.out.println(landed.calls() + " " + landed.seconds() + " " + used.line());
      }
    }
  }
}

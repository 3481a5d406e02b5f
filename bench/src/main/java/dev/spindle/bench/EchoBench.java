// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Echo calls: each case with each contestant in turn, then all again, and two tables. */
final class EchoBench {
  private static final int[] IN_FLIGHT = {1, 64, 1024};

  private final Options options;
  private final List<Case> cases = new ArrayList<>();

  EchoBench(Options options) {
    this.options = options;
    for (Payload payload : options.echoed()) {
      for (int inFlight : IN_FLIGHT) {
        // A thousand chunks in flight are 64 MiB in sockets' buffers, and measure those.
        if (payload != Payload.CHUNK || inFlight < 1024) {
          cases.add(new Case(payload, inFlight));
        }
      }
    }
  }

  void run() throws IOException {
    Map<Contestant, Side> sides = new EnumMap<>(Contestant.class);
    try {
      for (Contestant each : Contestant.values()) {
        sides.put(each, Side.of(each, options));
      }
      System.out.println(
          String.join("; ", sides.values().stream().map(Side::version).toList()) + "\n");
      for (Case each : cases) {
        measure(each, sides, options.warmUpMillis());
      }
      cases.replaceAll(warm -> new Case(warm.payload, warm.inFlight));
      for (int round = 1; round <= options.rounds(); round++) {
        System.err.println("echo: round " + round + " of " + options.rounds());
        for (Case each : cases) {
          measure(each, sides, options.millis());
        }
      }
    } finally {
      for (Side each : sides.values()) {
        each.close();
      }
    }
    printRates();
    printCosts();
  }

  private static void measure(Case row, Map<Contestant, Side> sides, int millis)
      throws IOException {
    for (Map.Entry<Contestant, Side> each : sides.entrySet()) {
      if (each.getKey().canEcho(row.payload)) {
        row.add(each.getKey(), each.getValue().measure(row.payload, row.inFlight, millis));
      }
    }
  }

  private void printRates() {
    System.out.println(
        "| calls per second: echo of | in flight | Twisted | gRPC | raw Netty | Spindle"
            + " | to Twisted | to gRPC | to raw Netty |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (Case each : cases) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %s | %s | %s | %s | %s | %s | %s |%n",
          each.payload.title,
          each.inFlight,
          rate(each, Contestant.TWISTED),
          rate(each, Contestant.GRPC),
          rate(each, Contestant.NETTY),
          rate(each, Contestant.SPINDLE),
          ratio(each, Contestant.TWISTED),
          ratio(each, Contestant.GRPC),
          ratio(each, Contestant.NETTY));
    }
  }

  private static String rate(Case row, Contestant contestant) {
    return row.has(contestant) ? String.format(Locale.ROOT, "%,.0f", row.rate(contestant)) : "–";
  }

  private static String ratio(Case row, Contestant other) {
    return row.has(other) ? String.format(Locale.ROOT, "%.2f×", row.ratioTo(other)) : "–";
  }

  private void printCosts() {
    System.out.println(
        "\n| what a call costs: echo of | in flight | Spindle's client, µs | its server, µs"
            + " | client, bytes | server, bytes | gRPC's client, bytes | its server, bytes |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
    for (Case each : cases) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %.2f | %.2f | %,.0f | %,.0f | %,.0f | %,.0f |%n",
          each.payload.title,
          each.inFlight,
          each.median(Contestant.SPINDLE, m -> m.client().cpuMicros()),
          each.median(Contestant.SPINDLE, m -> m.server().cpuMicros()),
          each.median(Contestant.SPINDLE, m -> m.client().bytes()),
          each.median(Contestant.SPINDLE, m -> m.server().bytes()),
          each.median(Contestant.GRPC, m -> m.client().bytes()),
          each.median(Contestant.GRPC, m -> m.server().bytes()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures echo calls per second, Java to Java and Twisted to Twisted in turn, and prints a table.
 */
final class Bench {
  private static final int[] IN_FLIGHT = {1, 64, 1024};

  private Bench() {}

  public static void main(String[] args) throws IOException {
    Options options;
    try {
      if (List.of(args).contains("--help")) {
        System.out.print(Options.USAGE);
        return;
      }
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    run(options);
  }

  private static void run(Options options) throws IOException {
    try (Side java = Side.java(options);
        Side twisted = Side.twisted(options)) {
      printMachine(java, twisted, options);
      List<Case> cases = new ArrayList<>();
      for (Payload payload : Payload.values()) {
        for (int inFlight : IN_FLIGHT) {
          cases.add(new Case(payload, inFlight));
        }
      }
      for (Case each : cases) {
        java.measure(each.payload, each.inFlight, options.warmUpMillis());
        twisted.measure(each.payload, each.inFlight, options.warmUpMillis());
      }
      for (int round = 1; round <= options.rounds(); round++) {
        System.err.println("round " + round + " of " + options.rounds());
        for (Case each : cases) {
          each.add(
              java.measure(each.payload, each.inFlight, options.millis()),
              twisted.measure(each.payload, each.inFlight, options.millis()));
        }
      }
      print(cases);
      System.out.printf(Locale.ROOT, "%nload at the end: %.1f%n", load());
    }
  }

  private static void printMachine(Side java, Side twisted, Options options) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%s; %s%n%d cores, %s; %s %s; load at the start: %.1f%n"
            + "%d rounds of %.1f s each side, after a warm-up of %.1f s a case%n%n",
        java.version(),
        twisted.version(),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        load(),
        options.rounds(),
        options.millis() / 1e3,
        options.warmUpMillis() / 1e3);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 2);
        }
      }
    }
    return System.getProperty("os.arch");
  }

  private static void print(List<Case> cases) {
    System.out.println(
        "| echo of | in flight | Java, calls/s | Twisted, calls/s | ratio | rounds |");
    System.out.println("|---|--:|--:|--:|--:|---|");
    for (Case each : cases) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %,.0f | %,.0f | %.1f | %.1f–%.1f |%n",
          each.payload.title,
          each.inFlight,
          each.java(),
          each.twisted(),
          each.ratio(),
          each.leastRatio(),
          each.greatestRatio());
    }
  }
}

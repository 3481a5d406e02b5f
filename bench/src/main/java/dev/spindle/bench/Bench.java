// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures Spindle beside its peers and prints tables. */
final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
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
    printMachine(options);
    for (Part part : Part.values()) {
      if (options.parts().contains(part)) {
        run(part, options);
        System.out.println();
      }
    }
    System.out.printf(Locale.ROOT, "load at the end: %.1f%n", load());
  }

  private static void run(Part part, Options options) throws Exception {
    switch (part) {
      case ECHO -> new EchoBench(options).run();
      case PYTHON -> new PythonBench(options).run();
      case DECODE -> new DecodeBench(options).run();
      case IDLE -> new IdleBench(options).run();
      case COLD -> new ColdBench(options).run();
      case FAIRNESS -> new FairnessBench(options).run();
    }
  }

  private static void printMachine(Options options) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%d cores, %s; %s %s; load at the start: %.1f%n"
            + "%d rounds of %.1f s each contestant, after a warm-up of %.1f s a case%n%n",
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
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How to measure.
 *
 * @param parts what
 * @param payloads what is echoed
 * @param rounds how often each case is measured for each contestant; the median counts
 * @param millis how long each time
 * @param warmUpMillis how long each case runs before the first round
 * @param java the program that runs Java's processes
 * @param python the program that runs Python's
 */
record Options(
    Set<Part> parts,
    Set<Payload> payloads,
    int rounds,
    int millis,
    int warmUpMillis,
    String java,
    String python) {
  static final String USAGE =
      """
      usage: bench/run [--only PARTS] [--echo PAYLOADS] [--rounds N] [--seconds S] [--warm-up S]
                       [--jdk PATH] [--python PATH]

        --only PARTS  some of echo, python, decode, idle, cold, fairness, with commas between them
                      (all)
        --echo PAYLOADS
                      some of int, dict, kilobyte, chunk, with commas between them (all)
        --rounds N    how often each case is measured for each contestant; the median counts (3)
        --seconds S   how long each time (1)
        --warm-up S   how long each case runs before the first round (2)
        --jdk PATH    the JDK that runs Java's processes (the one on the PATH)
        --python PATH the Python, with Twisted, that runs the peer's (/usr/bin/python3)
      """;

  Options {
    parts = Set.copyOf(parts);
    payloads = Set.copyOf(payloads);
  }

  /**
   * @throws IllegalArgumentException naming the option and what was expected
   */
  static Options parse(List<String> args) {
    Options options =
        new Options(
            EnumSet.allOf(Part.class),
            EnumSet.allOf(Payload.class),
            3,
            1000,
            2000,
            "java",
            "/usr/bin/python3");
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String name = rest.next();
      if (!rest.hasNext()) {
        throw new IllegalArgumentException("'" + name + "': no option, or without its value");
      }
      options = options.with(name, rest.next());
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--only" -> withWhat(parts(value), payloads);
      case "--echo" -> withWhat(parts, payloads(value));
      case "--rounds" -> withTimes(rounds(name, value), millis, warmUpMillis);
      case "--seconds" -> withTimes(rounds, millis(name, value), warmUpMillis);
      case "--warm-up" -> withTimes(rounds, millis, millis(name, value));
      case "--jdk" -> withPrograms(javaOf(value), python);
      case "--python" -> withPrograms(java, value);
      default -> throw new IllegalArgumentException("'" + name + "' is no option");
    };
  }

  private Options withWhat(Set<Part> some, Set<Payload> echoed) {
    return new Options(some, echoed, rounds, millis, warmUpMillis, java, python);
  }

  private Options withTimes(int times, int each, int before) {
    return new Options(parts, payloads, times, each, before, java, python);
  }

  private Options withPrograms(String forJava, String forPython) {
    return new Options(parts, payloads, rounds, millis, warmUpMillis, forJava, forPython);
  }

  /** What is echoed, in order. */
  List<Payload> echoed() {
    return payloads.stream().sorted().toList();
  }

  private static Set<Part> parts(String value) {
    return Arrays.stream(value.split(",")).map(Part::of).collect(Collectors.toSet());
  }

  private static Set<Payload> payloads(String value) {
    return Arrays.stream(value.split(",")).map(Payload::named).collect(Collectors.toSet());
  }

  private static int rounds(String name, String value) {
    double number = positive(name, value);
    if (number != Math.rint(number)) {
      throw new IllegalArgumentException(name + " '" + value + "': expected a whole number");
    }
    return (int) number;
  }

  private static int millis(String name, String seconds) {
    return (int) (1000 * positive(name, seconds));
  }

  private static double positive(String name, String value) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0.001 && number <= 3600) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new IllegalArgumentException(name + " '" + value + "': expected a number up to 3600");
  }

  private static String javaOf(String jdk) {
    Path java = Path.of(jdk, "bin", "java");
    if (!Files.isExecutable(java)) {
      throw new IllegalArgumentException("--jdk '" + jdk + "': there is no " + java);
    }
    return java.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.Locale;

/** Java with a Python peer, at 64 calls in flight: what each side spends on a call. */
final class PythonBench {
  private static final int IN_FLIGHT = 64;

  private final Options options;

  PythonBench(Options options) {
    this.options = options;
  }

  void run() throws IOException {
    System.out.println(
        "| Java with Python: echo of | client | calls/s | Java, µs of processor | Python, µs"
            + " | Java's part of Python's |");
    System.out.println("|---|---|--:|--:|--:|--:|");
    try (Side ours = Side.javaWithTwisted(options)) {
      for (Payload payload : options.echoed()) {
        Measured measured = measured(ours, payload);
        print(payload, "Java", measured, measured.client(), measured.server());
      }
    }
    try (Side theirs = Side.twistedWithJava(options)) {
      for (Payload payload : options.echoed()) {
        Measured measured = measured(theirs, payload);
        print(payload, "Python", measured, measured.server(), measured.client());
      }
    }
  }

  private Measured measured(Side side, Payload payload) throws IOException {
    System.err.println("with Python: " + payload.title);
    side.measure(payload, IN_FLIGHT, 2 * options.warmUpMillis());
    return side.measure(payload, IN_FLIGHT, options.millis());
  }

  private static void print(
      Payload payload,
      String client,
      Measured measured,
      Measured.PerCall java,
      Measured.PerCall python) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.2f | %.2f | %.1f %% |%n",
        payload.title,
        client,
        measured.rate(),
        java.cpuMicros(),
        python.cpuMicros(),
        100 * java.cpuMicros() / python.cpuMicros());
  }
}

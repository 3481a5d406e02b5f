// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/** Java with a Python peer, at 64 calls in flight: what each side spends on a call. */
final class PythonBench {
  private static final int IN_FLIGHT = 64;

  /**
   * Python's pace is slow, so that the JVM's compiler works on for long: Java is warm once a call
   * has cost it no less than before in so many warm-ups.
   */
  private static final int STEADY_WARM_UPS = 3;

  private static final int MAX_WARM_UPS = 16;

  /** Java has little to do here: its processor time is counted in steps of 10 ms. */
  private static final int MEASURED_TIMES = 3;

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
        Measured measured = measured(ours, payload, Measured::client);
        print(payload, "Java", measured, measured.client(), measured.server());
      }
    }
    try (Side theirs = Side.twistedWithJava(options)) {
      for (Payload payload : options.echoed()) {
        Measured measured = measured(theirs, payload, Measured::server);
        print(payload, "Python", measured, measured.server(), measured.client());
      }
    }
  }

  private Measured measured(Side side, Payload payload, Function<Measured, Measured.PerCall> java)
      throws IOException {
    System.err.println("with Python: " + payload.title);
    double least = Double.MAX_VALUE;
    int steady = 0;
    for (int i = 0; i < MAX_WARM_UPS && steady < STEADY_WARM_UPS; i++) {
      Measured warmUp = side.measure(payload, IN_FLIGHT, options.warmUpMillis());
      double spent = java.apply(warmUp).cpuMicros();
      steady = spent < least ? 0 : steady + 1;
      least = Math.min(least, spent);
    }
    return side.measure(payload, IN_FLIGHT, MEASURED_TIMES * options.millis());
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

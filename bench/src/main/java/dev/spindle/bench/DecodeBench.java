// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Banana alone, in one thread: what comes out of JMH for each of {@link Decoding}. */
final class DecodeBench {
  private static final double UNIT = 1e6;

  private final Options options;

  DecodeBench(Options options) {
    this.options = options;
  }

  void run() throws RunnerException {
    TimeValue time = TimeValue.milliseconds(options.millis());
    System.out.println("| decoding | millions a second | MB/s |");
    System.out.println("|---|--:|--:|");
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(Decoding.class.getName())
                    .jvm(options.java())
                    .forks(1)
                    .warmupIterations(5)
                    .warmupTime(time)
                    .measurementIterations(options.rounds() + 2)
                    .measurementTime(time)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run()) {
      Decoding.Wire wire = Decoding.Wire.valueOf(result.getParams().getParam("wire"));
      double perSecond = result.getPrimaryResult().getScore();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %,.0f |%n",
          wire.title,
          perSecond * wire.units / UNIT,
          perSecond * wire.bytes().length / UNIT);
    }
  }
}

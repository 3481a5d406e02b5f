// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.concurrent.CompletableFuture;

/**
 * How a quiet connection fared, once.
 *
 * @param flood calls per second that the other connection made meanwhile
 * @param median microseconds that a call took
 * @param p99 microseconds that all calls took but the slowest hundredth
 */
record Quiet(double flood, double median, double p99) {

  static Quiet alone(SpindleEcho quiet, int millis) {
    return measured(quiet, millis, CompletableFuture.completedFuture(0.0));
  }

  /** Beside a flood on another connection, from a thread of its own. */
  static Quiet beside(Flood flood, SpindleEcho other, SpindleEcho quiet, int millis) {
    return measured(
        quiet,
        millis,
        CompletableFuture.supplyAsync(
            () -> flood.run(other, millis), task -> new Thread(task, "flood").start()));
  }

  private static Quiet measured(
      SpindleEcho quiet, int millis, CompletableFuture<Double> floodRate) {
    Paced paced = new Paced(quiet, FairnessBench.RATE, millis);
    paced.run();
    return new Quiet(floodRate.join(), paced.micros(0.5), paced.micros(0.99));
  }
}

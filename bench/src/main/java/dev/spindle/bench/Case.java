// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.ArrayList;
import java.util.List;

/** One row: what was measured, and what came out in each round. */
final class Case {
  final Payload payload;
  final int inFlight;
  private final List<Double> java = new ArrayList<>();
  private final List<Double> twisted = new ArrayList<>();

  Case(Payload payload, int inFlight) {
    this.payload = payload;
    this.inFlight = inFlight;
  }

  void add(double javaRate, double twistedRate) {
    java.add(javaRate);
    twisted.add(twistedRate);
  }

  double java() {
    return median(java);
  }

  double twisted() {
    return median(twisted);
  }

  /** The median of the rounds' ratios: each compares what was measured side by side. */
  double ratio() {
    return median(ratios());
  }

  double leastRatio() {
    return ratios().stream().min(Double::compare).orElseThrow();
  }

  double greatestRatio() {
    return ratios().stream().max(Double::compare).orElseThrow();
  }

  private List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < java.size(); i++) {
      ratios.add(java.get(i) / twisted.get(i));
    }
    return ratios;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

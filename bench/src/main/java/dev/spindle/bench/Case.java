// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One row: what was measured, and what came out for each contestant in each round. */
final class Case {
  final Payload payload;
  final int inFlight;
  private final Map<Contestant, List<Measured>> rounds = new EnumMap<>(Contestant.class);

  Case(Payload payload, int inFlight) {
    this.payload = payload;
    this.inFlight = inFlight;
  }

  void add(Contestant contestant, Measured measured) {
    rounds.computeIfAbsent(contestant, c -> new ArrayList<>()).add(measured);
  }

  boolean has(Contestant contestant) {
    return rounds.containsKey(contestant);
  }

  /** The median of the rounds, of one figure. */
  double median(Contestant contestant, ToDoubleFunction<Measured> figure) {
    return median(rounds.get(contestant).stream().mapToDouble(figure).boxed().toList());
  }

  double rate(Contestant contestant) {
    return median(contestant, Measured::rate);
  }

  /**
   * Spindle's rate over another's: the median of the rounds' ratios, since each compares what was
   * measured side by side.
   */
  double ratioTo(Contestant other) {
    List<Measured> ours = rounds.get(Contestant.SPINDLE);
    List<Measured> theirs = rounds.get(other);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i).rate() / theirs.get(i).rate());
    }
    return median(ratios);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

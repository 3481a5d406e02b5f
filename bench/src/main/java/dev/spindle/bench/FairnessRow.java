// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One kind of flood: how a quiet connection fared beside it in each round. */
final class FairnessRow {
  static final String HEAD =
      """
      | beside | flood on the same loop, calls/s | elsewhere, calls/s | median, same, µs \
      | elsewhere, µs | p99, same, µs | elsewhere, µs | p99, same to elsewhere | p99 alone, µs |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|""";

  private final Flood flood;
  private final List<Round> rounds = new ArrayList<>();

  /** What was measured one after the other. */
  private record Round(Quiet alone, Quiet same, Quiet elsewhere) {}

  FairnessRow(Flood flood) {
    this.flood = flood;
  }

  /**
   * Measures one round.
   *
   * @param same floods on the loop of the quiet one
   * @param elsewhere floods on another server
   */
  void measure(SpindleEcho quiet, SpindleEcho same, SpindleEcho elsewhere, int millis) {
    rounds.add(
        new Round(
            Quiet.alone(quiet, millis),
            Quiet.beside(flood, same, quiet, millis),
            Quiet.beside(flood, elsewhere, quiet, millis)));
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.2f | %,.0f |",
        flood.title,
        median(r -> r.same.flood()),
        median(r -> r.elsewhere.flood()),
        median(r -> r.same.median()),
        median(r -> r.elsewhere.median()),
        median(r -> r.same.p99()),
        median(r -> r.elsewhere.p99()),
        median(r -> r.same.p99() / r.elsewhere.p99()),
        median(r -> r.alone.p99()));
  }

  private double median(ToDoubleFunction<Round> figure) {
    return Case.median(rounds.stream().mapToDouble(figure).boxed().toList());
  }
}

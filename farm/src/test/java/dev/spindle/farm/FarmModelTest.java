// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Everything that can happen to a farm, in any order: users, workers, lost connections, a store
 * that is slow or fails, and power cuts. Whatever came before, it must settle once all is well.
 */
class FarmModelTest {
  private static final int RUNS = 400;
  private static final int STEPS = 290;

  @Test
  void whateverHappensNothingAcknowledgedIsLostOrDoneTwice() {
    var seen = new HashMap<String, Integer>();
    for (int seed = 1; seed <= RUNS; seed++) {
      try {
        var model = new FarmModel(seed);
        for (int step = 0; step < STEPS; step++) {
          model.step();
        }
        model.settle();
        model.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        HistoryCheck.check(model.disk().history);
        model.disk().logs.forEach((id, log) -> assertNumbered(log));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    assertEnoughHappened(seen);
  }

  private static void assertNumbered(List<LogChunk> log) {
    for (int i = 0; i < log.size(); i++) {
      assertThat(log.get(i).sequence()).isEqualTo(i + 1);
    }
  }

  /** A model in which little happens proves little. */
  private static void assertEnoughHappened(Map<String, Integer> seen) {
    for (String what :
        List.of(
            "started true",
            "started false",
            "started failed",
            "ended true",
            "ended false",
            "ended failed",
            "progress true",
            "progress false",
            "log true",
            "submitted true",
            "submitted failed",
            "cancelled true",
            "crash",
            "lease",
            "continued",
            "continued between outputs",
            "delivered true",
            "delivered false",
            "delivered failed",
            "SUCCEEDED",
            "FAILED",
            "CANCELLED")) {
      assertThat(seen.getOrDefault(what, 0)).as(what + " in " + seen).isGreaterThan(100);
    }
  }
}

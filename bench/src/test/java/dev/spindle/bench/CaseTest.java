// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTest {
  @Test
  void theRatioIsTheMedianOfTheRoundsRatiosAndNotTheRatioOfTheMedians() {
    Case each = new Case(Payload.INT, 1);
    add(each, 100, 10);
    add(each, 50, 1);
    add(each, 40, 20);
    assertThat(each.rate(Contestant.SPINDLE)).isEqualTo(50);
    assertThat(each.rate(Contestant.TWISTED)).isEqualTo(10);
    assertThat(each.ratioTo(Contestant.TWISTED)).isEqualTo(10);
  }

  private static void add(Case each, double ours, double theirs) {
    Measured.PerCall nothing = new Measured.PerCall(0, 0);
    each.add(Contestant.SPINDLE, new Measured(ours, nothing, nothing));
    each.add(Contestant.TWISTED, new Measured(theirs, nothing, nothing));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Case.median(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(3.5);
  }
}

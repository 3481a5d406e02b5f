// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTest {
  @Test
  void theRatioIsTheMedianOfTheRoundsRatiosAndNotTheRatioOfTheMedians() {
    Case each = new Case(Payload.INT, 1);
    each.add(100, 10);
    each.add(50, 1);
    each.add(40, 20);
    assertThat(each.java()).isEqualTo(50);
    assertThat(each.twisted()).isEqualTo(10);
    assertThat(each.ratio()).isEqualTo(10);
    assertThat(each.leastRatio()).isEqualTo(2);
    assertThat(each.greatestRatio()).isEqualTo(50);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Case.median(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(3.5);
  }
}

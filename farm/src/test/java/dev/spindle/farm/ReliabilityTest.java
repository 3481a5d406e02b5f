// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  private static final long START = Long.MAX_VALUE - 5; // a monotonic clock may wrap
  private final Reliability reliability = new Reliability();

  private static long after(Duration time) {
    return START + time.toNanos();
  }

  @Test
  void strikesAreForgotten() {
    reliability.strike(START);
    reliability.strike(after(Duration.ofMinutes(5)));
    assertThat(reliability.strikes(after(Duration.ofMinutes(9)))).isEqualTo(2);
    assertThat(reliability.strikes(after(Duration.ofMinutes(10)))).isEqualTo(1);
    assertThat(reliability.strikes(after(Duration.ofMinutes(15)))).isZero();
  }

  @Test
  void strikesAreBounded() {
    IntStream.range(0, 100).forEach(i -> reliability.strike(START));
    assertThat(reliability.strikes(START)).isEqualTo(Reliability.MAX_STRIKES);
  }

  @Test
  void pausesDoubleUpToALimitAndEndWithASuccess() {
    long now = START;
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(reliability.pause(now)).hasSeconds(seconds);
      assertThat(reliability.paused(now)).isTrue();
      assertThat(reliability.pause(now)).as("one under way").hasSeconds(seconds);
      now += Duration.ofSeconds(seconds).toNanos();
      assertThat(reliability.paused(now)).isFalse();
    }
    reliability.handedOver(now);
    assertThat(reliability.pause(now)).hasSeconds(1);
  }
}

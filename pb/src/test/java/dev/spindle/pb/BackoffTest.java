// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void waitsDoubleUpToTheLongest() {
    Backoff backoff = new Backoff(SECOND, Duration.ofSeconds(10), 0);
    List<Long> waits =
        List.of(1, 2, 3, 4, 5, 6, 100, Integer.MAX_VALUE).stream()
            .map(failures -> backoff.after(failures, new Random()).toSeconds())
            .toList();
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 10L, 10L);
  }

  @Property
  void aWaitIsNeverLongerThanItsTurnAndNeverShorterThanTheJitterAllows(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 2) long first,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long more,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll @IntRange(min = 1, max = 200) int failures,
      @ForAll long seed) {
    Backoff backoff = new Backoff(Duration.ofNanos(first), Duration.ofNanos(first + more), jitter);
    Duration full = new Backoff(backoff.first(), backoff.most(), 0).after(failures, new Random());
    Duration wait = backoff.after(failures, new Random(seed));
    assertThat(wait).isBetween(Duration.ZERO, full);
    assertThat(full).isBetween(backoff.first(), backoff.most());
    assertThat((double) wait.toNanos())
        .isGreaterThanOrEqualTo((1 - jitter) * full.toNanos() * 0.999_999 - 1);
  }

  @Test
  void thoseWhoLostTheSameServerComeBackAtDifferentTimes() {
    Random random = new Random(8787);
    long different =
        random
            .ints(100, 1, 2)
            .mapToObj(one -> Backoff.DEFAULT.after(one, random))
            .distinct()
            .count();
    assertThat(different).isGreaterThan(95);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, SECOND, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a positive one");
    assertThatThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(999), 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Backoff(SECOND, SECOND, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 0 to 1");
    }
  }
}

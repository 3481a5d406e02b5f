// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofSeconds(60);

  /** Always this part of the jitter. */
  private static Backoff jittered(double part) {
    RandomGenerator fixed =
        new Random(0) {
          private static final long serialVersionUID = 1;

          @Override
          public double nextDouble() {
            return part;
          }
        };
    return new Backoff(FIRST, LAST, fixed);
  }

  @Test
  void theWaitDoublesUpToTheLast() {
    Backoff least = jittered(0);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      assertThat(least.next()).isEqualTo(Duration.ofSeconds(seconds).dividedBy(2));
    }
    Backoff most = jittered(1 - 1e-12);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(most.next())
          .isBetween(Duration.ofSeconds(seconds).minusNanos(1_000), Duration.ofSeconds(seconds));
    }
  }

  @Test
  void successBeginsAnew() {
    Backoff backoff = jittered(0);
    for (int i = 0; i < 5; i++) {
      backoff.next();
    }
    backoff.succeeded();
    assertThat(backoff.next()).isEqualTo(FIRST.dividedBy(2));
    assertThat(backoff.next()).isEqualTo(FIRST);
  }

  @Test
  void yearsOfFailuresDoNotOverflow() {
    Backoff backoff = new Backoff(FIRST, LAST, new Random(1));
    for (int i = 0; i < 10_000; i++) {
      Duration wait = backoff.next();
      assertThat(wait).isBetween(FIRST.dividedBy(2), LAST);
    }
  }

  @Test
  void eachWorkerComesAtItsOwnTime() {
    var waits = new java.util.HashSet<Duration>();
    for (int seed = 0; seed < 100; seed++) {
      waits.add(new Backoff(FIRST, LAST, new Random(seed)).next());
    }
    assertThat(waits).hasSizeGreaterThan(90);
  }
}

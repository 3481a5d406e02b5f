// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private final ManualFarmLoop loop = new ManualFarmLoop();
  private final List<String> events = new ArrayList<>();
  private final Lease lease =
      new Lease(loop, new Desk(loop), Duration.ofSeconds(60), () -> events.add("ran out"));

  @Test
  void itRunsOutOnceAfterTheLastRenewal() {
    lease.renew();
    loop.advance(Duration.ofSeconds(40));
    lease.renew();
    loop.advance(Duration.ofSeconds(60).minusNanos(1));
    assertThat(events).isEmpty();
    loop.advance(Duration.ofNanos(1));
    loop.advance(Duration.ofHours(1));
    assertThat(events).hasSize(1);
  }

  @Test
  void manySignsOfLifeCostOneTimer() {
    for (int i = 0; i < 1000; i++) {
      lease.renew();
    }
    assertThat(loop.timers()).isEqualTo(1);
  }

  @Test
  void itCanEndAndBeginAgain() {
    lease.renew();
    lease.end();
    assertThat(loop.timers()).isZero();
    loop.advance(Duration.ofHours(1));
    assertThat(events).isEmpty();
    lease.renew();
    loop.advance(Duration.ofSeconds(60));
    assertThat(events).hasSize(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.FarmException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker that is alive, as far as anybody knows yet, and does not say how it is. */
class UnansweredStatusTest extends ListenerFixture {
  /** The call's limit is over long before anybody gives the worker up. */
  @Override
  HbQueueTimes times() {
    return new HbQueueTimes(Duration.ofMillis(20), Duration.ofHours(1), Duration.ofMillis(100));
  }

  @Test
  void aStatusThatDoesNotComeFailsAndTheConnectionStays() throws Exception {
    try (TestWorker worker = registered()) {
      worker.client.mute = true;
      FarmException late = TestFailures.of(farm.last().status());
      assertThat(late.code()).isEqualTo(FarmException.Code.UNAVAILABLE);
      assertThat(late).hasMessage("no answer in time");
      assertThat(worker.gone).isNotDone();
    }
  }
}

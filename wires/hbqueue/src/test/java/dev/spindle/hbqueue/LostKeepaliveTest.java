// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that is lost while a keepalive is under way. */
class LostKeepaliveTest extends ListenerFixture {
  @Override
  HbQueueTimes times() {
    return new HbQueueTimes(Duration.ofMillis(20), Duration.ofMinutes(5), Duration.ofMinutes(5));
  }

  @Test
  void theLossIsTheReasonAndNotTheAnswerThatCannotCome() throws Exception {
    TestWorker worker = registered();
    worker.client.mute = true;
    long asked = worker.client.count("print keepalive");
    await().until(() -> worker.client.count("print keepalive") > asked);
    worker.close();
    await().until(() -> !farm.news.isEmpty());
    assertThat(farm.news)
        .singleElement()
        .asString()
        .startsWith("lost: ")
        .doesNotContain("keepalive");
  }
}

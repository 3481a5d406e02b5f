// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RareLogTest {
  @Test
  void oneInAWhileTellsOfTheOthers() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    try (LogRecorder heard = LogRecorder.of(RareLogTest.class)) {
      RareLog log = new RareLog(LoggerFactory.getLogger(RareLogTest.class), now::get);
      log.warn("first", "a");
      log.warn("second", "b");
      now.addAndGet(RareLog.INTERVAL.toNanos() - 1);
      log.warn("third", "c");
      now.incrementAndGet();
      log.warn("fourth", "d");
      now.addAndGet(RareLog.INTERVAL.toNanos());
      log.warn("fifth", "e");
      assertThat(heard.warnings())
          .containsExactly("a: first", "d: fourth (and 2 more before it)", "e: fifth");
    }
  }
}

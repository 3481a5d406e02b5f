// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** That a leak would be noticed. */
class NoLeaksTest {

  @Test
  void aBufferThatNobodyReleasedIsReported() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    NoLeaks watch = new NoLeaks();
    watch.beforeAll((ExtensionContext) null);
    logger.setAdditive(false);
    try {
      ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
      assertThat(watch.reports()).anyMatch(report -> report.contains("LEAK: ByteBuf.release()"));
    } finally {
      logger.setAdditive(true);
      logger.setLevel((Level) null);
      logger.detachAndStopAllAppenders();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a class of tests after which a buffer was found that nobody had released.
 *
 * <p>The detector reports what the garbage collector finds, and only when somebody allocates the
 * next buffer.
 */
final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
  private static final Logger LEAKS = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    reports.start();
    LEAKS.addAppender(reports);
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    List<String> found = reports();
    LEAKS.detachAppender(reports);
    assertThat(found).isEmpty();
  }

  /** What has been reported until everything unreachable has been looked at. */
  List<String> reports() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      collect();
      ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
      buffer.release();
    }
    return reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static void collect() {
    CountDownLatch collected = new CountDownLatch(1);
    Cleaner.create().register(new Object(), collected::countDown);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              System.gc();
              return collected.await(20, TimeUnit.MILLISECONDS);
            });
  }
}

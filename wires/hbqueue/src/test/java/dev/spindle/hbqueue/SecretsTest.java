// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.spindle.farm.JobId;
import dev.spindle.farm.RegisteredWorker;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Both ends of the wire log what happens, and never a secret or its digest. */
class SecretsTest extends WorkerFixture {

  @Test
  void nothingSecretIsLogged() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    var appender =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
          }
        };
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.TRACE);
    try (RealController controller =
        new RealController(Files.createDirectory(temp.resolve("data")), 0, Duration.ofMinutes(1))) {
      controller.register(SECRET);
      startWorker(1);
      startAgent(controller.port());
      JobId job = controller.submit(shell("echo x > out").outputs(List.of("out")).build()).id();
      await().until(() -> controller.job(job).state().isFinal());
      controller.register("another-4712");
      agent.close();
      agent = HbQueueWorker.start(settings(controller.port(), SECRET, Duration.ofDays(1)), worker);
      await().until(() -> agent.ended().isCompletedExceptionally());
    } finally {
      root.setLevel(before);
      root.detachAppender(appender);
    }
    RegisteredWorker registered = ListenerFixture.registered("w1", SECRET);
    assertThat(lines)
        .anyMatch(line -> line.contains("registered as 'w1'"))
        .noneMatch(line -> line.contains(SECRET))
        .noneMatch(line -> line.contains("another-4712"))
        .noneMatch(line -> line.contains(registered.secretMd5()))
        .noneMatch(line -> line.contains("PASS "));
  }
}

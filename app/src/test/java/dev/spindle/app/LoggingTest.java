// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoggingTest {
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void logsGoToStderrFromWarningsOn() throws JoranException {
    Logger root = configured();
    assertThat(root.getLevel()).isEqualTo(Level.WARN);
    assertThat(root.iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOfSatisfying(
            ConsoleAppender.class,
            console -> assertThat(console.getTarget()).isEqualTo("System.err"));
  }

  @Test
  void aPropertySetsTheLevel() throws JoranException {
    context.putProperty("spindle.log", "INFO");
    assertThat(configured().getLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void theLibrariesOfFtpOnlyWarnWhateverTheLevel() throws JoranException {
    context.putProperty("spindle.log", "DEBUG");
    configured();
    assertThat(context.getLogger("org.apache.ftpserver.impl.DefaultFtpServer").getEffectiveLevel())
        .isEqualTo(Level.WARN);
    assertThat(context.getLogger("org.apache.mina.core").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("dev.spindle.depot").getEffectiveLevel()).isEqualTo(Level.DEBUG);
  }

  private Logger configured() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}

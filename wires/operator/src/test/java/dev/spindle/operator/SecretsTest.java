// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.WorkerName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No secret, digest or grant's password gets into the log or into a text. */
class SecretsTest extends OperatorFixture {

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
    String digest = "0123456789abcdef".repeat(2);
    Grant grant;
    try (OperatorClient client = connect()) {
      client.addWorker(new WorkerName("w9"), "hbqueue", digest);
      grant = client.upload(new FileName("f"), 3, new Sha256("a".repeat(64)));
      FarmException refused =
          failure(() -> OperatorClient.connect("127.0.0.1", port(), "wrong-4712").close());
      lines.add(String.valueOf(refused));
      lines.add(client.toString());
      lines.add(grant.toString());
    } finally {
      root.setLevel(before);
      root.detachAppender(appender);
    }
    assertThat(lines).anyMatch(line -> line.contains("worker w9 may join over hbqueue"));
    assertThat(lines)
        .noneMatch(line -> line.contains(SECRET))
        .noneMatch(line -> line.contains("wrong-4712"))
        .noneMatch(line -> line.contains(digest))
        .noneMatch(line -> line.contains(grant.password()));
  }
}

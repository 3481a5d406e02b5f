// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Hears what a class logs, which is not printed meanwhile. */
public final class LogRecorder implements AutoCloseable {
  private final Logger logger;
  private final boolean wasAdditive;
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  private LogRecorder(Logger logger) {
    this.logger = logger;
    this.wasAdditive = logger.isAdditive();
    events.start();
    logger.addAppender(events);
    logger.setAdditive(false);
  }

  public static LogRecorder of(Class<?> type) {
    return new LogRecorder((Logger) LoggerFactory.getLogger(type));
  }

  /** What has been logged so far. */
  public List<ILoggingEvent> events() {
    synchronized (events) {
      return List.copyOf(events.list);
    }
  }

  public List<String> warnings() {
    return events().stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.setAdditive(wasAdditive);
    logger.detachAppender(events);
  }
}

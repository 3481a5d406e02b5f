// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers of events, in order. On the loop only, but for a watcher's own closing. */
final class Events {
  private static final Logger log = LoggerFactory.getLogger(Events.class);

  private final List<Watching> watchers = new ArrayList<>();

  /** A watcher who hears nothing until {@link #begin}. */
  static Watching watching(Consumer<FarmEvent> watcher) {
    return new Watching(watcher);
  }

  void begin(Watching watching) {
    watchers.add(watching);
  }

  void emit(FarmEvent event) {
    if (!watchers.isEmpty()) {
      watchers.removeIf(watching -> !watching.tell(event));
    }
  }

  /** One who watches, until closed; no event arrives later. */
  static final class Watching implements AutoCloseable {
    private final Consumer<FarmEvent> watcher;
    private volatile boolean closed;

    private Watching(Consumer<FarmEvent> watcher) {
      this.watcher = watcher;
    }

    /** Returns false when this watcher is to be forgotten. */
    private boolean tell(FarmEvent event) {
      if (closed) {
        return false;
      }
      try {
        watcher.accept(event);
        return true;
      } catch (RuntimeException e) {
        log.warn("a watcher failed and hears no more events", e);
        return false;
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

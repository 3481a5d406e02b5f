// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;

/**
 * What we owe the other side for what it has given us: a {@code decref} for each occurrence of a
 * reference, a {@code decache} for each of a cache, and word when a copy of ours is ended.
 *
 * <p>Thread: the connection's, but for the ways to let go. Source: reference, sections 10.2 and
 * 10.4.
 */
final class Debts {
  private final Broker broker;
  private final Link link;
  private final ValueCodec values;

  Debts(Broker broker, Link link, ValueCodec values) {
    this.broker = broker;
    this.link = link;
    this.values = values;
  }

  /** Pays back what a reference stood for. Thread: any. */
  void letGo(Holding holding) {
    // A closed endpoint has no connection left on which anything could be owed.
    link.tryExecute(
        () -> {
          int owed = values.imports().release(holding);
          if (broker.isOpen()) {
            payBack(holding.id, owed);
          }
        });
  }

  /** Pays back what a cache stood for. Thread: any. */
  void letGo(CacheHolding holding) {
    link.tryExecute(() -> payBackCache(holding.id, values.cacheImports().release(holding)));
  }

  /** Names are not counted, and so never paid. */
  void payBack(Object id, int owed) {
    if (id instanceof Long) {
      write(Messages.DECREF, id, owed);
    }
  }

  void payBackCache(Object number, int owed) {
    write(Messages.DECACHE, number, owed);
  }

  /** Tells the other side that we end a copy that it no longer keeps. */
  void uncache(Object number) {
    write(Messages.UNCACHE, number, 1);
  }

  /** Pays back everything in a value that will not be read. */
  void payUnread(Object value) {
    UnreadReferences.forEach(value, new UnreadDebts(this, values));
  }

  private void write(ByteString command, Object id, int times) {
    for (int i = 0; i < times; i++) {
      Messages.writeCount(command, id, values.writer());
    }
    link.flushSoon();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.RefusedValueException;

/**
 * Pays for what is in a value that nobody will read, as the other side has counted it. A copy that
 * is in it for the first time is read all the same, if it can be: values behind this one may name
 * it and count on our having its state.
 *
 * <p>Thread: the connection's. For one value.
 */
final class UnreadDebts implements UnreadReferences.Found {
  private final Debts debts;
  private final ValueCodec values;

  /** Whether a copy could not be read: then nothing in it is tried a second time. */
  private boolean failed;

  UnreadDebts(Debts debts, ValueCodec values) {
    this.debts = debts;
    this.values = values;
  }

  @Override
  public void reference(Object id) {
    debts.payBack(id, 1);
  }

  @Override
  public void cached(Object number) {
    if (values.cacheImports().isKnown(number)) {
      debts.payBackCache(number, 1);
    }
  }

  @Override
  public boolean cache(BananaList expression) {
    CacheImports caches = values.cacheImports();
    Object number = expression.get(1);
    if (caches.isKnown(number)) {
      return false;
    }
    if (!failed && caches.isRegistered((ByteString) expression.get(0))) {
      try {
        values.readCache(expression).close();
        return true;
      } catch (RefusedValueException e) {
        failed = true;
      }
    }
    if (caches.abandon(number)) {
      debts.payBackCache(number, 1);
    }
    return false;
  }
}

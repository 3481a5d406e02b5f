// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the other side that we hold: one {@link RemoteReference} for each number as long
 * as somebody keeps it, and the occurrences that it stands for.
 *
 * <p>Thread: the connection's. Source: reference, section 10.4.
 */
final class Imports {
  private static final Cleaner CLEANER = Cleaner.create();

  /** A reference, kept as long as the user keeps it. */
  private record Entry(WeakReference<RemoteReference> reference, Holding holding) {}

  private final Broker broker;
  private final Map<Object, Entry> entries = new HashMap<>();

  /** Occurrences counted in the value under way: taken back if it cannot be read. */
  private final List<Holding> counted = new ArrayList<>();

  Imports(Broker broker) {
    this.broker = broker;
  }

  /** Counts one occurrence of {@code [remote id]}. */
  RemoteReference received(Object id) {
    RemoteReference reference = known(id);
    if (reference == null) {
      Holding holding = new Holding(broker, id);
      reference = new RemoteReference(broker, holding);
      CLEANER.register(reference, holding);
      entries.put(id, new Entry(new WeakReference<>(reference), holding));
    }
    reference.holding().count++;
    counted.add(reference.holding());
    return reference;
  }

  private @Nullable RemoteReference known(Object id) {
    Entry entry = entries.get(id);
    return entry == null || entry.holding().isClosed() ? null : entry.reference().get();
  }

  /** The value was read whole. */
  void commit() {
    if (!counted.isEmpty()) {
      counted.clear();
    }
  }

  /** The value was refused; {@link UnreadReferences} pays for all of it instead. */
  void rollBack() {
    counted.forEach(holding -> holding.count--);
    counted.clear();
  }

  /** Ends a holding and answers with the occurrences to pay back. */
  int release(Holding holding) {
    Entry entry = entries.get(holding.id);
    if (entry != null && entry.holding() == holding) {
      entries.remove(holding.id);
    }
    int owed = holding.count;
    holding.count = 0;
    return owed;
  }

  int size() {
    return entries.size();
  }

  void clear() {
    entries.clear();
  }
}

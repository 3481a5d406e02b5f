// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the other side that we hold: one {@link RemoteReference} for each number, and each
 * perspective that received it, as long as somebody keeps it, and the occurrences that it stands
 * for.
 *
 * <p>Thread: the connection's. Source: reference, section 10.4.
 */
final class Imports {
  /**
   * A reference, kept as long as the user keeps it.
   *
   * @param next the same object, as received for another perspective
   */
  private record Entry(
      WeakReference<RemoteReference> reference, Holding holding, @Nullable Entry next) {

    /** The reference, if it may still be given to the user. */
    @Nullable RemoteReference usable() {
      return holding.isClosed() ? null : reference.get();
    }

    static @Nullable Entry without(Holding holding, @Nullable Entry chain) {
      if (chain == null) {
        return null;
      }
      Entry rest = without(holding, chain.next);
      return chain.holding == holding ? rest : new Entry(chain.reference, chain.holding, rest);
    }

    static @Nullable Entry usable(@Nullable Entry chain) {
      if (chain == null) {
        return null;
      }
      Entry rest = usable(chain.next);
      return chain.usable() == null ? rest : new Entry(chain.reference, chain.holding, rest);
    }
  }

  private final Broker broker;
  private final Map<Object, Entry> entries = new HashMap<>();

  /** Occurrences counted in the value under way: taken back if it cannot be read. */
  private final List<Holding> counted = new ArrayList<>();

  /** On whose behalf values are being read. */
  private @Nullable Object perspective;

  Imports(Broker broker) {
    this.broker = broker;
  }

  /** Says on whose behalf values are read from now on: null for nobody. */
  void receiveFor(@Nullable Object whom) {
    perspective = whom;
  }

  /** Counts one occurrence of {@code [remote id]}. */
  RemoteReference received(Object id) {
    RemoteReference reference = known(id);
    if (reference == null) {
      Holding holding = new Holding(broker, id);
      reference = new RemoteReference(broker, holding, perspective);
      holding.releaseWhenUnreachable(reference);
      Entry others = Entry.usable(entries.get(id));
      entries.put(id, new Entry(new WeakReference<>(reference), holding, others));
    }
    reference.holding().count++;
    counted.add(reference.holding());
    return reference;
  }

  private @Nullable RemoteReference known(Object id) {
    for (Entry entry = entries.get(id); entry != null; entry = entry.next()) {
      RemoteReference reference = entry.usable();
      if (reference != null && reference.perspective() == perspective) {
        return reference;
      }
    }
    return null;
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
    entries.computeIfPresent(holding.id, (id, entry) -> Entry.without(holding, entry));
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

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a soak has: objects of its own, old and new, and references that it keeps of the
 * other's; and the random values that it wraps them into.
 *
 * <p>Thread: the connection's.
 */
final class Parcels {
  private static final int OWN = 300;
  private static final int MOST_KEPT = 200;
  private static final int MOST_LEAVES = 12;

  private final Random random;
  private final List<Thing> own = new ArrayList<>();
  private final List<RemoteReference> kept = new ArrayList<>();

  /** As long as somebody knows them. */
  private final Set<RemoteReference> closed = Collections.newSetFromMap(new WeakHashMap<>());

  private long carried;

  Parcels(Random random) {
    this.random = random;
    for (int i = 0; i < OWN; i++) {
      own.add(new Thing("own" + i));
    }
  }

  /** How many occurrences of references were put into values. */
  long carried() {
    return carried;
  }

  /** A value with some references in it: ours, theirs, the same ones again. */
  List<Object> made() {
    return wrapped(() -> random.nextInt(3) == 0 ? theirs() : ours());
  }

  /** One with nothing of theirs, which may be closed before it is sent. */
  List<Object> madeOfOurs() {
    return wrapped(this::ours);
  }

  /** One with nothing that the other side holds but by it, so that it closes nothing in it. */
  List<Object> madeOfNew() {
    return wrapped(() -> random.nextInt(3) == 0 ? keptOrNew() : new Thing("new"));
  }

  private Object keptOrNew() {
    return theirs() instanceof RemoteReference reference ? reference : new Thing("new");
  }

  private List<Object> wrapped(Supplier<Object> source) {
    List<Object> value = new ArrayList<>();
    int leaves = 1 + random.nextInt(MOST_LEAVES);
    Object last = source.get();
    for (int i = 0; i < leaves; i++) {
      if (i > 0 && random.nextInt(5) > 0) {
        last = source.get();
      }
      wrap(last, value);
    }
    carried += leaves;
    return value;
  }

  private void wrap(Object leaf, List<Object> into) {
    switch (random.nextInt(6)) {
      case 0 -> into.add(Tuple.of(leaf, "tuple"));
      case 1 -> into.add(new LinkedHashMap<>(Map.of("key", leaf)));
      case 2 -> {
        List<Object> shared = new ArrayList<>(List.of(leaf));
        into.add(shared);
        into.add(shared);
      }
      case 3 -> into.add(new ArrayList<>(List.of(new ArrayList<>(List.of(1L, leaf)))));
      default -> into.add(leaf);
    }
  }

  Thing ours() {
    return random.nextInt(20) == 0 ? new Thing("new") : own.get(random.nextInt(own.size()));
  }

  /** A reference that is kept; something of ours when there is none. */
  Object theirs() {
    while (!kept.isEmpty()) {
      int place = random.nextInt(kept.size());
      RemoteReference reference = kept.get(place);
      if (!closed.contains(reference)) {
        return reference;
      }
      kept.remove(place);
    }
    return ours();
  }

  /** Keeps some of the references in a value, closes some, and leaves the rest to the collector. */
  void receive(@Nullable Object value) {
    for (Object leaf : leaves(value)) {
      if (leaf instanceof RemoteReference reference && !closed.contains(reference)) {
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> keep(reference);
          case 3 -> {}
          default -> close(reference);
        }
      }
    }
  }

  private void keep(RemoteReference reference) {
    if (kept.size() < MOST_KEPT) {
      kept.add(reference);
      return;
    }
    RemoteReference old = kept.set(random.nextInt(MOST_KEPT), reference);
    if (random.nextBoolean()) {
      close(old);
    }
  }

  private void close(RemoteReference reference) {
    reference.close();
    closed.add(reference);
  }

  /**
   * Whether what came home is what was sent; what was closed meanwhile may be another reference.
   */
  boolean isSame(Object sent, @Nullable Object back) {
    List<Object> left = leaves(sent);
    List<Object> came = leaves(back);
    if (left.size() != came.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      Object was = left.get(i);
      boolean isSame =
          was instanceof RemoteReference reference
              ? reference.equals(came.get(i)) || closed.contains(reference)
              : was == came.get(i);
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  /** Counts what somebody else made and we send on. */
  void carry(@Nullable Object value) {
    carried += leaves(value).size();
  }

  /** The references in a value, in their order; those of a list that occurs twice, twice. */
  private static List<Object> leaves(@Nullable Object value) {
    List<Object> leaves = new ArrayList<>();
    gather(value, leaves);
    return leaves;
  }

  private static void gather(@Nullable Object value, List<Object> leaves) {
    if (value instanceof Collection<?> members) {
      members.forEach(member -> gather(member, leaves));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(member -> gather(member, leaves));
    } else if (value instanceof RemoteReference || value instanceof Thing) {
      leaves.add(Objects.requireNonNull(value));
    }
  }

  /** Lets everything go: half of what is kept by closing it. */
  void letGo() {
    kept.forEach(
        reference -> {
          if (random.nextBoolean()) {
            close(reference);
          }
        });
    kept.clear();
    own.clear();
    closed.clear();
  }
}

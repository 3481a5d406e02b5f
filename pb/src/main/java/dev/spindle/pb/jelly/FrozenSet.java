// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Python frozenset: an immutable set that stays one on the wire. Keeps its order of arrival. */
public final class FrozenSet extends AbstractSet<@Nullable Object> {

  /** Filled by the reader while a cycle is still being read; else final. */
  final Set<@Nullable Object> members;

  /** Until then its hash is not its hash, and nothing may be built on it. */
  boolean isComplete;

  private FrozenSet(Set<@Nullable Object> members, boolean isComplete) {
    this.members = members;
    this.isComplete = isComplete;
  }

  /** One that the reader will fill. */
  static FrozenSet unfilled() {
    return new FrozenSet(new LinkedHashSet<>(), false);
  }

  public static FrozenSet copyOf(Collection<? extends @Nullable Object> members) {
    return new FrozenSet(new LinkedHashSet<>(members), true);
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    return Collections.unmodifiableSet(members).iterator();
  }

  @Override
  public boolean contains(@Nullable Object member) {
    return members.contains(member);
  }

  @Override
  public int size() {
    return members.size();
  }
}

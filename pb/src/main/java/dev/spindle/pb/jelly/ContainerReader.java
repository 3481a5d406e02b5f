// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain types with members. A member may be an object that is still being read, or one
 * whose number is known and nothing else: its place is then filled in later.
 *
 * <p>Source: reference, sections 5.2 and 6.5.
 */
final class ContainerReader {
  private final JellyReader reader;
  private final Hashable hashable = new Hashable();

  ContainerReader(JellyReader reader) {
    this.reader = reader;
  }

  /** The value was read, or refused. */
  void forget() {
    hashable.clear();
  }

  Object list(BananaList list, @Nullable Object number) throws RefusedValueException {
    List<@Nullable Object> members = new ArrayList<>(list.size() - 1);
    reader.define(number, members);
    for (int i = 1; i < list.size(); i++) {
      int place = i - 1;
      Object member = reader.value(list.get(i), null);
      members.add(member);
      fillLater(member, known -> members.set(place, known));
    }
    return members;
  }

  Object tuple(BananaList list, @Nullable Object number) throws RefusedValueException {
    @Nullable Object[] elements = new Object[list.size() - 1];
    Tuple tuple = reader.define(number, new Tuple(elements));
    for (int i = 0; i < elements.length; i++) {
      int place = i;
      Object element = reader.value(list.get(i + 1), null);
      elements[place] = element;
      fillLater(element, known -> elements[place] = known);
    }
    return tuple;
  }

  Object dictionary(BananaList list, @Nullable Object number) throws RefusedValueException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    reader.define(number, map);
    for (int i = 1; i < list.size(); i++) {
      BananaList pair = pair(list.get(i));
      Object key = reader.value(pair.get(0), null);
      Object value = reader.value(pair.get(1), null);
      if (reader.knownReferences() != null) {
        putWhenHashable(key, value, list, i + 1, map);
        break;
      }
      put(key, value, map);
    }
    return map;
  }

  /** Puts a pair and those behind it: now that references are known, a key may be incomplete. */
  private void putWhenHashable(
      @Nullable Object key,
      @Nullable Object value,
      BananaList list,
      int next,
      Map<@Nullable Object, @Nullable Object> map)
      throws RefusedValueException {
    @Nullable Object[] pairs = new Object[2 * (list.size() - next + 1)];
    fill(pairs, 0, key);
    fill(pairs, 1, value);
    for (int i = 2; i < pairs.length; i += 2) {
      BananaList pair = pair(list.get(next + i / 2 - 1));
      fill(pairs, i, reader.value(pair.get(0), null));
      fill(pairs, i + 1, reader.value(pair.get(1), null));
    }
    whenHashable(pairs, 2, () -> putAll(pairs, map));
  }

  private static BananaList pair(Object expression) throws RefusedValueException {
    if (!(expression instanceof BananaList pair)) {
      throw new RefusedValueException(
          Fault.TYPE, "a member of a dictionary must be a pair, found " + expression);
    }
    if (pair.size() != 2) {
      throw new RefusedValueException(
          Fault.VALUE, "a member of a dictionary must be a pair, found " + pair);
    }
    return pair;
  }

  private void putAll(@Nullable Object[] pairs, Map<@Nullable Object, @Nullable Object> map)
      throws RefusedValueException {
    for (int i = 0; i < pairs.length; i += 2) {
      put(pairs[i], pairs[i + 1], map);
    }
  }

  private void put(
      @Nullable Object key, @Nullable Object value, Map<@Nullable Object, @Nullable Object> map)
      throws RefusedValueException {
    refuseUnhashable("a dictionary key", key);
    map.put(key, value);
    // Unless a later pair has the same key: that one wins.
    fillLater(value, known -> map.replace(key, value, known));
  }

  Object set(BananaList list, @Nullable Object number) throws RefusedValueException {
    Set<@Nullable Object> set = reader.define(number, new LinkedHashSet<>());
    fill(list, set, () -> {});
    return set;
  }

  private void fill(BananaList list, Set<@Nullable Object> set, Runnable filled)
      throws RefusedValueException {
    @Nullable Object[] members = new Object[list.size() - 1];
    for (int i = 0; i < members.length; i++) {
      fill(members, i, reader.value(list.get(i + 1), null));
    }
    whenHashable(
        members,
        1,
        () -> {
          for (Object member : members) {
            refuseUnhashable("a set member", member);
          }
          set.addAll(Arrays.asList(members));
          filled.run();
        });
  }

  Object frozenSet(BananaList list, @Nullable Object number) throws RefusedValueException {
    FrozenSet frozen = reader.define(number, FrozenSet.unfilled());
    fill(list, frozen.members, () -> frozen.isComplete = true);
    return frozen;
  }

  private static void fill(@Nullable Object[] places, int place, @Nullable Object value) {
    places[place] = value;
    fillLater(value, known -> places[place] = known);
  }

  private static void fillLater(@Nullable Object value, Consumer<@Nullable Object> place) {
    if (value instanceof References.Pending pending) {
      pending.whenKnown(place);
    }
  }

  /**
   * Builds what looks at the hash of members: now, or at the end of the value when one of them may
   * not be complete.
   *
   * @param step how many places there are for each member
   */
  private void whenHashable(@Nullable Object[] places, int step, JellyReader.Completion build)
      throws RefusedValueException {
    References references = reader.knownReferences();
    if (references == null || areComplete(places, step)) {
      build.complete();
    } else {
      references.whenComplete(build);
    }
  }

  private static boolean areComplete(@Nullable Object[] places, int step) {
    for (int i = 0; i < places.length; i += step) {
      if (places[i] instanceof References.Pending
          || places[i] instanceof Tuple
          || places[i] instanceof FrozenSet) {
        return false;
      }
    }
    return true;
  }

  private void refuseUnhashable(String what, @Nullable Object value) throws RefusedValueException {
    String fault = hashable.fault(value);
    if (fault != null) {
      throw new RefusedValueException(
          hashable.isSpent() ? Fault.VALUE : Fault.TYPE, what + " is or holds " + fault);
    }
  }
}

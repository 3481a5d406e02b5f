// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A declared class of collections: what it is on the wire, and how one is made.
 *
 * @param isList whether it is made of a list or tuple
 * @param isSet whether it is made of a set or frozenset
 * @param isSorted whether its members must compare with each other
 */
record CollectionKind(
    Class<?> declared,
    boolean isList,
    boolean isSet,
    boolean isSorted,
    Function<Class<?>, Collection<@Nullable Object>> maker) {

  private static final Map<Class<?>, CollectionKind> ALL = new HashMap<>();

  static {
    lists(ArrayList::new, List.class, ArrayList.class);
    lists(LinkedList::new, LinkedList.class);
    lists(ArrayDeque::new, Queue.class, Deque.class, ArrayDeque.class);
    sets(false, LinkedHashSet::new, Set.class, HashSet.class, LinkedHashSet.class);
    sets(true, TreeSet::new, SortedSet.class, NavigableSet.class, TreeSet.class);
    add(new CollectionKind(EnumSet.class, false, true, false, CollectionKind::enumSet));
    // Members in any order: whatever they came in.
    for (Class<?> declared : List.of(Collection.class, Iterable.class)) {
      add(new CollectionKind(declared, true, true, false, member -> new ArrayList<>()));
    }
  }

  private interface Maker {
    Collection<@Nullable Object> make();
  }

  private static void lists(Maker maker, Class<?>... declared) {
    for (Class<?> each : declared) {
      add(new CollectionKind(each, true, false, false, member -> maker.make()));
    }
  }

  private static void sets(boolean isSorted, Maker maker, Class<?>... declared) {
    for (Class<?> each : declared) {
      add(new CollectionKind(each, false, true, isSorted, member -> maker.make()));
    }
  }

  private static void add(CollectionKind kind) {
    ALL.put(kind.declared, kind);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an enum, or EnumSet could not be declared of it
  private static Collection<@Nullable Object> enumSet(Class<?> member) {
    return (Collection) EnumSet.noneOf((Class) member);
  }

  static @Nullable CollectionKind of(Class<?> declared) {
    return ALL.get(declared);
  }

  boolean takes(@Nullable Object wire) {
    return (isList && wire instanceof List) || (isSet && wire instanceof Set);
  }

  Collection<@Nullable Object> empty(Class<?> member, Object like) {
    return isList && like instanceof Set ? new LinkedHashSet<>() : maker.apply(member);
  }
}

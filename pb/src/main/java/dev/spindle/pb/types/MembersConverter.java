// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection, by its members. Nothing is copied as long as each member travels as it is: the
 * collection itself is passed on then. A tuple is read as a list, a frozenset as a set.
 */
final class MembersConverter extends Converter {
  private final CollectionKind kind;
  private final Class<?> memberClass;
  private final Converter member;

  /** Whether Python needs a hash of it: lists are written as tuples, and sets frozen. */
  private final boolean isHashed;

  /**
   * @throws IllegalArgumentException when Python cannot hold such members
   */
  MembersConverter(CollectionKind kind, Class<?> memberClass, Converter member) {
    this(kind, memberClass, kind.isList() ? member : member.hashed(), false);
  }

  private MembersConverter(
      CollectionKind kind, Class<?> memberClass, Converter member, boolean isHashed) {
    this.kind = kind;
    this.memberClass = memberClass;
    this.member = member;
    this.isHashed = isHashed;
  }

  @Override
  Object read(@Nullable Object wire, Conversion whole) {
    if (!kind.takes(wire)) {
      throw mismatch(wire);
    }
    Collection<?> members = (Collection<?>) wire;
    if (member == ANYTHING && kind.declared().isInstance(wire)) {
      return wire;
    }
    Object known = whole.known(this, wire);
    return known != null ? known : whole.made(this, wire, members.size(), made(members, whole));
  }

  private Object made(Collection<?> members, Conversion whole) {
    Collection<@Nullable Object> copies =
        kind.declared().isInstance(members) ? null : kind.empty(memberClass, members);
    int index = 0;
    for (Object each : members) {
      try {
        Object copy = member.read(each, whole);
        if (copies == null && copy != each) {
          copies = begun(kind.empty(memberClass, members), members, index);
        }
        if (copies != null) {
          copies.add(copy);
        }
      } catch (MismatchException e) {
        throw e.in("[" + index + "]");
      } catch (ClassCastException | NullPointerException e) {
        throw misplaced(each).in("[" + index + "]");
      }
      index++;
    }
    return copies == null ? members : copies;
  }

  /** A copy with so many of the first members, which travel as they are. */
  private static Collection<@Nullable Object> begun(
      Collection<@Nullable Object> copies, Collection<?> members, int count) {
    Iterator<?> first = members.iterator();
    for (int i = 0; i < count; i++) {
      copies.add(first.next());
    }
    return copies;
  }

  /** Sorted sets compare their members; they and queues hold no null. */
  private MismatchException misplaced(@Nullable Object each) {
    String name = each == null ? "None" : PlainTypes.pythonName(each.getClass());
    return new MismatchException(
        "is " + name + ", which a " + kind.declared().getSimpleName() + " cannot hold with these");
  }

  @Override
  Object write(@Nullable Object value, Conversion whole) {
    if (!(value instanceof Collection<?> members) || !kind.declared().isInstance(value)) {
      throw mismatch(value);
    }
    boolean hasForm = members instanceof List || members instanceof Set;
    if (member == ANYTHING && hasForm && !isHashed) {
      return members;
    }
    Collection<@Nullable Object> copies = hasForm && !isHashed ? null : emptyLike(members);
    int index = 0;
    for (Object each : members) {
      try {
        Object copy = member.write(each, whole);
        if (copies == null && copy != each) {
          copies = begun(emptyLike(members), members, index);
        }
        if (copies != null) {
          copies.add(copy);
        }
      } catch (MismatchException e) {
        throw e.in("[" + index + "]");
      }
      index++;
    }
    if (copies == null) {
      return members;
    }
    return isHashed ? hashable(copies) : copies;
  }

  private static Collection<@Nullable Object> emptyLike(Collection<?> members) {
    return members instanceof Set ? new LinkedHashSet<>() : new ArrayList<>(members.size());
  }

  private static Object hashable(Collection<@Nullable Object> members) {
    return members instanceof Set ? FrozenSet.copyOf(members) : Tuple.of(members.toArray());
  }

  @Override
  public String pythonName() {
    return kind.isList() ? "list" : "set";
  }

  @Override
  Converter hashed() {
    return new MembersConverter(kind, memberClass, member.hashed(), true);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Collection;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A collection, by its members. Nothing is copied as long as each member travels as it is: the
 * collection itself is passed on then.
 */
abstract class MembersConverter extends Converter {
  private final Converter member;

  MembersConverter(Converter member) {
    this.member = member;
  }

  abstract boolean isKind(@Nullable Object collection);

  abstract Collection<@Nullable Object> empty(int size);

  @Override
  public final Object read(@Nullable Object wire) {
    if (wire == null || !isKind(wire)) {
      throw mismatch(wire);
    }
    return converted((Collection<?>) wire, member::read);
  }

  @Override
  public final @Nullable Object write(@Nullable Object value) {
    return value instanceof Collection<?> members ? converted(members, member::write) : value;
  }

  private Object converted(Collection<?> members, UnaryOperator<@Nullable Object> conversion) {
    if (member == Converter.ANYTHING) {
      return members;
    }
    Collection<@Nullable Object> copies = empty(members.size());
    boolean changed = false;
    int index = 0;
    for (Object each : members) {
      Object copy = convert(each, index, conversion);
      changed |= copy != each;
      copies.add(copy);
      index++;
    }
    return changed ? copies : members;
  }

  private @Nullable Object convert(
      @Nullable Object each, int index, UnaryOperator<@Nullable Object> conversion) {
    try {
      return conversion.apply(each);
    } catch (MismatchException e) {
      throw e.in("[" + index + "]");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of anything but bytes: a list on the wire. */
final class ArrayConverter extends Converter {
  private final Class<?> component;
  private final Converter member;

  ArrayConverter(Class<?> component, Converter member) {
    this.component = component;
    this.member = member;
  }

  @Override
  Object read(@Nullable Object wire, Conversion whole) {
    if (!(wire instanceof List<?> members)) {
      throw mismatch(wire);
    }
    Object known = whole.known(this, wire);
    return known != null ? known : whole.made(this, wire, members.size(), array(members, whole));
  }

  private Object array(List<?> members, Conversion whole) {
    Object array = Array.newInstance(component, members.size());
    int index = 0;
    for (Object each : members) {
      try {
        Array.set(array, index, member.read(each, whole));
      } catch (MismatchException e) {
        throw e.in("[" + index + "]");
      }
      index++;
    }
    return array;
  }

  @Override
  Object write(@Nullable Object value, Conversion whole) {
    if (value == null || !value.getClass().isArray()) {
      throw mismatch(value);
    }
    int length = Array.getLength(value);
    List<@Nullable Object> members = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      try {
        members.add(member.write(Array.get(value, i), whole));
      } catch (MismatchException e) {
        throw e.in("[" + i + "]");
      }
    }
    return members;
  }

  @Override
  public String pythonName() {
    return "list";
  }

  @Override
  Converter hashed() {
    throw new IllegalArgumentException(
        "an array is no key and no member of a set: declare a List, which is a tuple there");
  }
}

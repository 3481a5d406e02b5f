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
  public Object read(@Nullable Object wire) {
    if (!(wire instanceof List<?> members)) {
      throw mismatch(wire);
    }
    Object array = Array.newInstance(component, members.size());
    int index = 0;
    for (Object each : members) {
      try {
        Array.set(array, index, member.read(each));
      } catch (MismatchException e) {
        throw e.in("[" + index + "]");
      }
      index++;
    }
    return array;
  }

  @Override
  public @Nullable Object write(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    int length = Array.getLength(value);
    List<@Nullable Object> members = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      members.add(member.write(Array.get(value, i)));
    }
    return members;
  }

  @Override
  public String pythonName() {
    return "list";
  }
}

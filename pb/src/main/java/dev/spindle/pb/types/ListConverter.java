// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list; a tuple is read as one too. */
final class ListConverter extends MembersConverter {
  ListConverter(Converter member) {
    super(member);
  }

  @Override
  boolean isKind(@Nullable Object collection) {
    return collection instanceof List;
  }

  @Override
  Collection<@Nullable Object> empty(int size) {
    return new ArrayList<>(size);
  }

  @Override
  public String pythonName() {
    return "list";
  }
}

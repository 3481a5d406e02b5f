// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set; a frozenset is read as one too. */
final class SetConverter extends MembersConverter {
  SetConverter(Converter member) {
    super(member);
  }

  @Override
  boolean isKind(@Nullable Object collection) {
    return collection instanceof Set;
  }

  @Override
  Collection<@Nullable Object> empty(int size) {
    return new LinkedHashSet<>(Math.max(16, 2 * size));
  }

  @Override
  public String pythonName() {
    return "set";
  }
}

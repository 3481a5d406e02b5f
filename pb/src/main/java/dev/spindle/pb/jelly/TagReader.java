// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaList;
import org.jspecify.annotations.Nullable;

/** Reads one kind of value that Jelly itself does not know, chosen by its tag. */
@FunctionalInterface
public interface TagReader {

  /**
   * Reads {@code [tag …]}.
   *
   * @param expression the whole list, tag included
   * @param reader reads parts that are values themselves
   * @throws RefusedValueException when it is malformed
   */
  @Nullable Object read(BananaList expression, JellyReader reader) throws RefusedValueException;
}

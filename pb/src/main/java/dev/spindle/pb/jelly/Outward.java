// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaWriter;
import org.jspecify.annotations.Nullable;

/**
 * How the layer above sends what Jelly does not know: references and registered copies.
 *
 * <p>Asked within one value about every object while it is looked through: an object with a form
 * once, at its first meeting, whatever its form does to what would be answered at the next. Then
 * each reference is written, in the same order.
 */
public interface Outward {

  /** Sends nothing beyond the plain types. */
  Outward NOTHING =
      new Outward() {
        @Override
        public boolean isReference(Object value) {
          return false;
        }

        @Override
        public void writeReference(Object value, BananaWriter out) {
          throw new IllegalStateException("nothing is a reference here");
        }

        @Override
        public @Nullable Form formOf(Object value) {
          return null;
        }
      };

  /** Whether the object travels as a reference, written whole by {@link #writeReference}. */
  boolean isReference(Object value);

  void writeReference(Object value, BananaWriter out);

  /** The object's form by value, or null when it has none and hence cannot be sent. */
  @Nullable Form formOf(Object value);
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyReader;
import org.jspecify.annotations.Nullable;

/**
 * Turns what travels into one Java type, and back. Thread: any.
 *
 * @see Converters
 */
public abstract class Converter {
  Converter() {}

  /**
   * Turns a value that arrived into the Java type.
   *
   * @throws MismatchException when it is of another type, with the path to the part at fault
   */
  public abstract @Nullable Object read(@Nullable Object wire);

  /**
   * Turns a value of the Java type into what can be sent.
   *
   * @throws MismatchException when it holds what its type does not say
   */
  public abstract @Nullable Object write(@Nullable Object value);

  /** What a Python programmer calls the type. */
  public abstract String pythonName();

  /** Whether an argument for it may be left out: it then is what {@link #read} makes of null. */
  public boolean isOptional() {
    return false;
  }

  final MismatchException mismatch(@Nullable Object found) {
    if (JellyReader.isUnmade(found)) {
      return new MismatchException(
          "cannot be made of itself: a type that takes part in cycles needs fields that can be set"
              + " later");
    }
    return new MismatchException(
        "must be "
            + pythonName()
            + ", not "
            + (found == null ? "None" : PlainTypes.pythonName(found.getClass())));
  }

  /** Passes values on as they are. */
  static final Converter ANYTHING =
      new Converter() {
        @Override
        public @Nullable Object read(@Nullable Object wire) {
          return wire;
        }

        @Override
        public @Nullable Object write(@Nullable Object value) {
          return value;
        }

        @Override
        public String pythonName() {
          return "object";
        }
      };
}

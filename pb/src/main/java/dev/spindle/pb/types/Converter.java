// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.jelly.JellyReader;
import org.jspecify.annotations.Nullable;

/**
 * Turns what travels into one Java type, and back. Thread: any.
 *
 * @see DeclaredTypes
 */
public abstract class Converter {
  Converter() {}

  /** Passes values on as they are. */
  public static final Converter ANYTHING = new Anything();

  /**
   * Turns a value that arrived into the Java type.
   *
   * @throws MismatchException when it is of another type, with the path to the part at fault
   */
  public @Nullable Object read(@Nullable Object wire) {
    return read(wire, new Conversion());
  }

  /** The same for a part of a value. */
  abstract @Nullable Object read(@Nullable Object wire, Conversion whole);

  /**
   * Turns a value of the Java type into what can be sent.
   *
   * @throws MismatchException when it holds what its type does not say
   */
  public @Nullable Object write(@Nullable Object value) {
    return write(value, new Conversion());
  }

  /** The same for a part of a value. */
  abstract @Nullable Object write(@Nullable Object value, Conversion whole);

  /** What a Python programmer calls the type. */
  public abstract String pythonName();

  /** Whether there may be none of it: it then is what {@link #read} makes of null. */
  public boolean isOptional() {
    return false;
  }

  /**
   * The same type where Python needs a hash, as a key or in a set: a list is a tuple there.
   *
   * @throws IllegalArgumentException when Python cannot hash it
   */
  Converter hashed() {
    return this;
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

  private static final class Anything extends Converter {
    @Override
    public @Nullable Object read(@Nullable Object wire) {
      return wire;
    }

    @Override
    @Nullable Object read(@Nullable Object wire, Conversion whole) {
      return wire;
    }

    @Override
    public @Nullable Object write(@Nullable Object value) {
      return value;
    }

    @Override
    @Nullable Object write(@Nullable Object value, Conversion whole) {
      return value;
    }

    @Override
    public String pythonName() {
      return "object";
    }
  }
}

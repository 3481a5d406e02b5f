// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import org.jspecify.annotations.Nullable;

/**
 * An interface whose objects stay where they are: one of the other side arrives as a proxy, one of
 * ours goes out by the methods of the interface.
 */
final class RemoteConverter extends ScalarConverter {
  private final Class<?> face;

  RemoteConverter(Class<?> face) {
    this.face = face;
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (face.isInstance(wire)) {
      return wire; // ours, come home
    }
    if (wire instanceof RemoteObject remote) {
      try {
        return remote.as(face);
      } catch (IllegalArgumentException e) {
        throw new MismatchException("is a reference, but " + e.getMessage());
      }
    }
    throw mismatch(wire);
  }

  @Override
  public Object write(@Nullable Object value) {
    if (!face.isInstance(value)) {
      throw mismatch(value);
    }
    RemoteObject remote = RemoteObject.behind(value);
    return remote != null ? remote : new OwnObject(face, value);
  }

  @Override
  public String pythonName() {
    return "a reference";
  }
}

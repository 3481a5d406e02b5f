// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

/**
 * An object of ours that goes out by one interface: of its methods only those can be called. Equal
 * to another of the same object and interface.
 *
 * @param face an interface
 * @param object implements it
 */
public record OwnObject(Class<?> face, Object object) implements ByReference {
  public OwnObject {
    if (!face.isInterface()) {
      throw new IllegalArgumentException(face.getName() + " is no interface");
    }
    face.cast(object);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnObject own && own.face == face && own.object == object;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(object) * 31 + face.hashCode();
  }

  @Override
  public String toString() {
    return face.getSimpleName() + " of a " + object.getClass().getName();
  }
}

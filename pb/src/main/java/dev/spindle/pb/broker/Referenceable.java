// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.ByReference;
import dev.spindle.pb.types.OwnObject;

/**
 * An object that travels as a reference: the other side gets a {@link RemoteReference} and may call
 * the methods marked {@link Exposed}, and no others.
 *
 * <p>Identity counts: the same object is the same reference, and comes home as itself.
 */
public interface Referenceable extends ByReference {

  /**
   * Lets the other side call an object by the methods of an interface, and by no others of its
   * class. The abstract methods count, and those with a body that are marked {@link Exposed}; one
   * whose implementation is marked {@code @Exposed(blocking = true)} may block.
   *
   * <p>The same object by the same interface is the same reference, and comes home as the object.
   *
   * @throws IllegalArgumentException when it is no interface
   */
  static <T> Referenceable of(Class<T> face, T object) {
    return new InterfaceExposure(new OwnObject(face, object));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the type under which objects of a class travel by value, as Twisted's Copyable and
 * RemoteCopy do. A record's attributes are its components; another class's are its fields, but for
 * static and transient ones, and it needs a constructor without parameters.
 *
 * <p>Nothing travels because of the annotation alone: an endpoint sends and reads the classes that
 * were given to its {@link Types}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Copyable {

  /** The tag on the wire: a Python class such as {@code geometry.Point}, or any other name. */
  String value();
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the other side call a method.
 *
 * <p>Parameters take the positional arguments in order, or keyword arguments by name (compile with
 * {@code -parameters}). An {@link java.util.Optional} parameter may be left out; a last parameter
 * {@code Object...} takes what is left over; a {@link PbConnection} parameter is given the caller's
 * connection and takes no argument. An argument of the wrong type is refused before the method
 * runs, and so is {@code None} but for an {@code Optional} or {@code Object} parameter.
 *
 * <p>The result is answered: a value, or a {@link java.util.concurrent.CompletionStage} of one.
 * What is thrown travels as an error, with its type and text.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Exposed {

  /** The name on the wire; the method's own name when empty. */
  String value() default "";

  /**
   * Runs the method on a thread of its own, so that it may block. Methods without this run in the
   * order of arrival on the connection's thread; one with it does not hold up those behind it.
   */
  boolean blocking() default false;
}

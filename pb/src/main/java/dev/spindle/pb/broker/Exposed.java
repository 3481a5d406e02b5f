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
 * {@code -parameters}); those marked {@link Keyword} by name alone, and one marked {@link Keywords}
 * all others. An {@link java.util.Optional} parameter may be left out; a last parameter {@code
 * Object...} takes what is left over; a {@link PbConnection} parameter is given the caller's
 * connection and takes no argument, and one marked {@link Caller} the caller's perspective.
 * Arguments are converted to the declared types, see {@link dev.spindle.pb.types.Converters}; one
 * that does not fit is refused before the method runs, and so is {@code None} but for an {@code
 * Optional}, {@code @Nullable} or {@code Object} parameter.
 *
 * <p>The result is answered: a value of the declared type, or a {@link
 * java.util.concurrent.CompletionStage} of one. What is thrown travels as an error, with its type
 * and text.
 *
 * <p>On a method of an interface it names the method for both ends: for who calls it through {@link
 * RemoteReference#as}, and for who is called by {@link Referenceable#of}. There it is needed only
 * to say something: the abstract methods of such an interface are remote without it.
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

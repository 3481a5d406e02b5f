// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of an {@link Exposed} method that is no argument but who is calling: the perspective
 * that the call is made through. For a method of a {@link Viewable} that is the view's perspective,
 * for one of a perspective itself, and for one of a {@link Referenceable} there is none.
 *
 * <pre>{@code
 * @Exposed
 * String fire(@Caller Player player, int column) { … }
 * }</pre>
 *
 * <p>Of type {@link java.util.Optional} it is empty when there is none. Of any other type, calls
 * without a perspective, or with one of another type, are refused before the method runs.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Caller {}

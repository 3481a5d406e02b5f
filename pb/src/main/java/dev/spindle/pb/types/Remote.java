// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that objects of an interface stay where they are. Where it is declared, as a parameter, an
 * answer, or a part of one, an object of ours goes out as a reference by which the methods of the
 * interface can be called, and no others of its class; one of the other side arrives as a proxy.
 *
 * <p>For interfaces that cannot be annotated: {@link Types.Builder#remote}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Remote {}

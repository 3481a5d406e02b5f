// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a called interface whose answer nobody waits for: neither result nor error comes
 * back. It returns nothing, and does so at once.
 *
 * <p>Source: reference, section 8.3 (answer required).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OneWay {}

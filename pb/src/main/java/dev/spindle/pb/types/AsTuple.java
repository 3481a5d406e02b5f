// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a record is a tuple in Python, with its components in their order: {@code ("a", 1)}. A
 * tuple or a list of as many is read.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AsTuple {}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter {@code Map<String, …>} of all further keyword arguments, Python's {@code **}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Keywords {}

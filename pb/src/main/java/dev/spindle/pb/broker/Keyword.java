// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Passes an argument by keyword and not by position: {@code find("tea", limit=3)}. An empty {@link
 * java.util.Optional} is left out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Keyword {

  /** The keyword; the parameter's own name when empty (compile with {@code -parameters}). */
  String value() default "";
}

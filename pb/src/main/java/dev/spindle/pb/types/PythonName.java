// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What errors call a type, so that a Python programmer understands them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PythonName {
  String value();
}

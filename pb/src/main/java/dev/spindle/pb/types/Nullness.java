// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;

/** Whether a declaration says that null is allowed, by whichever library's {@code @Nullable}. */
final class Nullness {
  private Nullness() {}

  static boolean isNullable(AnnotatedElement declared) {
    for (Annotation annotation : declared.getAnnotations()) {
      if (annotation.annotationType().getSimpleName().equals("Nullable")) {
        return true;
      }
    }
    return false;
  }
}

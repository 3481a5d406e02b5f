// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import org.jspecify.annotations.Nullable;

/**
 * One value in both languages.
 *
 * @param name what it is
 * @param java the value here
 * @param python source that leaves the same value in {@code v}
 */
record ValueCase(String name, @Nullable Object java, String python) {

  static ValueCase value(String name, @Nullable Object java, String expression) {
    return new ValueCase(name, java, "v = " + expression);
  }

  static ValueCase built(String name, Object java, String statements) {
    return new ValueCase(name, java, statements);
  }
}

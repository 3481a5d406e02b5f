// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

/** Whether stdout and stderr are a terminal: the launcher asks the shell, and tells us. */
final class Terminal {
  /** The numbers of the descriptors that are terminals, such as {@code 12}. */
  private static final String PROPERTY = "spindle.terminals";

  private Terminal() {}

  static boolean isStderr() {
    return System.getProperty(PROPERTY, "").contains("2");
  }
}

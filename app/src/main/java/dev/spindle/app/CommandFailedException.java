// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

/** A command cannot do its work. The text is all that the user sees: what is wrong and the mend. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandFailedException(String message) {
    super(message);
  }

  CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

/** A command is answered with an error; the connection goes on. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  /**
   * @param code three digits, 4xx or 5xx
   * @param text for the client's user; one line
   */
  Refusal(int code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}

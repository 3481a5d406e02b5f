// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;

/** The depot answered a command with an error. */
final class FtpReplyException extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  FtpReplyException(String command, int code, String reply) {
    super(command + " was answered with '" + reply.strip() + "'");
    this.code = code;
  }

  int code() {
    return code;
  }
}

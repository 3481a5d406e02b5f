// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.jspecify.annotations.Nullable;

/**
 * The call was carried out, but its answer holds something that may not be read here, or exceeds a
 * limit; the message names it. The connection goes on.
 */
public final class UnreadableAnswerException extends PbException {
  private static final long serialVersionUID = 1;

  UnreadableAnswerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

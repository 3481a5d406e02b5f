// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.jspecify.annotations.Nullable;

/** Why a remote call did not come to a value. */
public abstract sealed class PbException extends RuntimeException
    permits AnswerMismatchException,
        ConnectionLostException,
        DeadReferenceException,
        InterruptedCallException,
        RemoteException,
        UnreadableAnswerException {
  private static final long serialVersionUID = 1;

  PbException(String message) {
    super(message);
  }

  PbException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

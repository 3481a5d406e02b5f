// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.jspecify.annotations.Nullable;

/**
 * Why a remote call did not come to a value.
 *
 * <p>The failure of a call is data that arrives on the connection's thread, whose stack says
 * nothing of who called and costs more than the rest of the failure to record. Its stack trace has
 * the call instead: {@code at remote[root].order(/127.0.0.1:8787)}.
 */
public abstract sealed class PbException extends RuntimeException
    permits AnswerMismatchException,
        ConnectionLostException,
        DeadReferenceException,
        DeadlineExceededException,
        InterruptedCallException,
        RemoteException,
        UnreadableAnswerException,
        UnsentLimitException {
  private static final long serialVersionUID = 1;

  PbException(String message) {
    super(message);
  }

  PbException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public final Throwable fillInStackTrace() {
    return this;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.MismatchException;

/**
 * The call was carried out, but its answer is not of the type that the interface says:
 * "Greeter.greet: the answer[2].width must be int, not str". The connection goes on.
 */
public final class AnswerMismatchException extends PbException {
  private static final long serialVersionUID = 1;

  private final String method;
  private final String path;

  AnswerMismatchException(String method, MismatchException mismatch) {
    super(method + ": " + mismatch.about("the answer"), mismatch);
    this.method = method;
    this.path = mismatch.path();
  }

  /** The interface and its method, such as {@code Greeter.greet}. */
  public String method() {
    return method;
  }

  /** Where in the answer, such as {@code [2].width}; empty for the answer itself. */
  public String path() {
    return path;
  }
}

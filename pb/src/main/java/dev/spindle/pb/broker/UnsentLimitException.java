// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * A call was not sent, because too much is under way already: calls that wait for their answers or
 * to be sent, or bytes that the other side has not read. The connection goes on.
 */
public final class UnsentLimitException extends PbException {
  private static final long serialVersionUID = 1;

  public UnsentLimitException(String message) {
    super(message);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** A call on a reference whose connection had ended, or that was closed. Nothing was sent. */
public final class DeadReferenceException extends PbException {
  private static final long serialVersionUID = 1;

  public DeadReferenceException(String message) {
    super(message);
  }
}

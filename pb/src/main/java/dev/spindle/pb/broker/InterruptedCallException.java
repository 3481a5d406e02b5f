// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * The thread was interrupted while it waited for an answer, in a method that does not declare
 * {@link InterruptedException}. It still is interrupted; whether the call was carried out is not
 * known.
 */
public final class InterruptedCallException extends PbException {
  private static final long serialVersionUID = 1;

  InterruptedCallException(String method, InterruptedException cause) {
    super(method + ": interrupted while waiting for the answer", cause);
  }
}

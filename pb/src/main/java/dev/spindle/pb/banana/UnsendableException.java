// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

/**
 * A value cannot be sent: its kind has no form on the wire, or it exceeds a limit. Thrown before a
 * byte is written; the connection lives.
 */
public final class UnsendableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnsendableException(String message) {
    super(message);
  }

  public UnsendableException(String message, Throwable cause) {
    super(message, cause);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** The connection ended before the answer came. Whether the call was carried out is not known. */
public final class ConnectionLostException extends PbException {
  private static final long serialVersionUID = 1;

  public ConnectionLostException(String message) {
    super(message);
  }
}

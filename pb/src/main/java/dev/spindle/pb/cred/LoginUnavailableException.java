// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

/** This end does not log in like that over this connection. Nothing was sent. */
public final class LoginUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LoginUnavailableException(String why) {
    super(why);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.PbError;
import java.util.List;

/** This way to log in is not offered. Source: reference, section 12.4. */
public final class UnhandledCredentialsException extends PbError {
  private static final long serialVersionUID = 1;

  UnhandledCredentialsException(PresentedCredentials credentials) {
    this(
        "No checker for "
            + (credentials instanceof PresentedCredentials.Anonymous
                ? "anonymous logins"
                : "names and passwords"));
  }

  UnhandledCredentialsException(String why) {
    super(
        "twisted.cred.error.UnhandledCredentials", why, List.of("twisted.cred.error.LoginFailed"));
  }
}

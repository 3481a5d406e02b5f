// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.PbError;
import java.util.List;

/**
 * A login is refused. Says nothing of why: not even whether the name exists.
 *
 * <p>Source: reference, section 12.4.
 */
public final class LoginRefusedException extends PbError {
  private static final long serialVersionUID = 1;

  /** The name under which callers see it. */
  public static final String TYPE = "twisted.cred.error.UnauthorizedLogin";

  public LoginRefusedException() {
    super(TYPE, "", List.of("twisted.cred.error.LoginFailed", "twisted.cred.error.Unauthorized"));
  }
}

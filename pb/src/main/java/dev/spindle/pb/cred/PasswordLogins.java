// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.PbConnection;
import java.util.Optional;

/**
 * Over which connections names and passwords are taken, or given.
 *
 * <p>A password itself is never sent, but whoever reads along can try passwords against what is, at
 * millions a second.
 */
public enum PasswordLogins {
  /** Only where nobody can read along: see {@link PbConnection#isSecure}. */
  WHEN_SECURE,
  /** Over any: for networks that are trusted for other reasons. */
  ALWAYS;

  /** Why such a login cannot be over this connection, for people; empty when it can. */
  Optional<String> refusal(PbConnection connection) {
    if (this == WHEN_SECURE && !connection.isSecure()) {
      return Optional.of(
          "no passwords over "
              + connection.localAddress()
              + " - "
              + connection.remoteAddress()
              + ", where others can read along: use tls:, unix: or loopback, or say"
              + " insecureLogins() at both ends");
    }
    return Md5.missing();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.util.Objects;

/** What a client logs in with. */
public sealed interface Credentials {

  /** A name, and a secret that is never sent: it answers the server's challenge. */
  static Credentials password(String name, String secret) {
    return new Password(name, secret);
  }

  static Credentials anonymous() {
    return new Anonymous();
  }

  /** The client certificate of a {@code tls:} endpoint: TLS has shown it already. */
  static Credentials certificate() {
    return new Certificate();
  }

  /** See {@link #password}. */
  record Password(String name, String secret) implements Credentials {
    public Password {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(secret, "secret");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Password[" + name + "]";
    }
  }

  /** See {@link #anonymous}. */
  record Anonymous() implements Credentials {}

  /** See {@link #certificate}. */
  record Certificate() implements Credentials {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a server is shown by somebody who wants in. */
public sealed interface PresentedCredentials {

  /** A name, and the answer to a challenge that only the holder of the secret can give. */
  final class ChallengeResponse implements PresentedCredentials {
    private final String name;
    private final byte[] challenge;
    private final byte[] response;

    ChallengeResponse(String name, byte[] challenge, byte[] response) {
      this.name = name;
      this.challenge = challenge;
      this.response = response;
    }

    public String name() {
      return name;
    }

    /**
     * Whether the answer was made with this secret. Takes as long for a wrong one as for the right.
     *
     * @param secretMd5 the MD5 of the secret, 16 bytes: all that a server needs to keep
     */
    public boolean matches(byte[] secretMd5) {
      return MessageDigest.isEqual(Md5.response(secretMd5, challenge), response);
    }

    @Override
    public String toString() {
      return "ChallengeResponse[" + name + "]";
    }
  }

  /**
   * A certificate that TLS has verified: the client has its key, and it comes from an authority
   * that the server trusts.
   *
   * @param chain the client's own first, then those between it and its authority
   */
  record Certificate(List<X509Certificate> chain) implements PresentedCredentials {
    public Certificate {
      chain = List.copyOf(chain);
    }

    /** The client's own. */
    public X509Certificate own() {
      return chain.get(0);
    }

    @Override
    public String toString() {
      return "Certificate[" + own().getSubjectX500Principal() + "]";
    }
  }

  /** Nothing at all. */
  record Anonymous() implements PresentedCredentials {}
}

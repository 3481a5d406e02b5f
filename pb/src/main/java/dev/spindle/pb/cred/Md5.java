// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The digests of Twisted's challenge-response. Source: reference, section 12.2. */
public final class Md5 {
  private static final String MISSING =
      "this Java has no MD5 (a FIPS configuration?), which Perspective Broker's password login"
          + " needs: use a Java that has it, or client certificates";

  private Md5() {}

  /** Why it cannot be used here; empty where it can. */
  static Optional<String> missing() {
    try {
      MessageDigest.getInstance("MD5");
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      return Optional.of(MISSING);
    }
  }

  /**
   * What a server keeps of a secret: 16 bytes.
   *
   * @throws IllegalStateException on a Java without MD5
   */
  public static byte[] ofSecret(String secret) {
    return digest(secret.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] response(byte[] secretMd5, byte[] challenge) {
    byte[] both = new byte[secretMd5.length + challenge.length];
    System.arraycopy(secretMd5, 0, both, 0, secretMd5.length);
    System.arraycopy(challenge, 0, both, secretMd5.length, challenge.length);
    return digest(both);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(MISSING, e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.cred.PresentedCredentials.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Lets in who has shown a certificate over TLS. That it is genuine TLS has found out; here is said
 * whose it is.
 */
public final class CertificateChecker implements CredentialChecker {
  private final Function<X509Certificate, Optional<String>> avatarIdOf;

  /**
   * @param avatarIdOf the avatar's id for a client's own certificate, or empty to refuse it; on any
   *     thread, at times on several at once; must not block
   */
  public CertificateChecker(Function<X509Certificate, Optional<String>> avatarIdOf) {
    this.avatarIdOf = avatarIdOf;
  }

  /**
   * Takes every certificate whose subject has a common name ({@code CN=}), which is the avatar's
   * id: for authorities that give certificates to nobody else.
   */
  public static CertificateChecker byCommonName() {
    return new CertificateChecker(CertificateChecker::commonName);
  }

  @Override
  public Optional<CompletionStage<String>> check(PresentedCredentials credentials) {
    if (!(credentials instanceof Certificate certificate)) {
      return Optional.empty();
    }
    return Optional.of(
        avatarIdOf
            .apply(certificate.own())
            .<CompletionStage<String>>map(CompletableFuture::completedFuture)
            .orElseGet(() -> CompletableFuture.failedFuture(new LoginRefusedException())));
  }

  /** The most particular one: a name is written from the most general part to that. */
  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
      for (int i = subject.size() - 1; i >= 0; i--) {
        Rdn part = subject.getRdn(i);
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty(); // No name that can be read is none.
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.cred.PresentedCredentials.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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
    return new CertificateChecker(own -> CommonName.of(own.getSubjectX500Principal()));
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
}

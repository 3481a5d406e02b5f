// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.Authority;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerPair;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.MemoryLink;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates as credentials: {@code loginAnonymous} presents them first. */
class CertificateCheckerTest {
  @TempDir Path folder;
  private final List<String> ids = new ArrayList<>();
  private final DrivenTimer timer = new DrivenTimer();

  private X509Certificate certificate(String subject) {
    try (InputStream in =
        Files.newInputStream(new Authority(folder, "authority").issueTo(subject).cert())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<RemoteReference> login(String subject, CredentialChecker... checkers) {
    Realm realm =
        login -> {
          ids.add(login.avatarId());
          return CompletableFuture.completedFuture(Avatar.of(new Object()));
        };
    LoginRoot root =
        new LoginRoot(
            Portal.of(realm, checkers), new LoginThrottle(timer), new SecureRandom(), () -> {});
    MemoryLink server =
        new MemoryLink(Broker.Role.SERVER, BrokerSettings.DEFAULT, Map.of("root", root));
    server.peerCertificates(List.of(certificate(subject)));
    BrokerPair pair = BrokerPair.of(server);
    CompletableFuture<RemoteReference> login =
        ClientLogin.login(pair.client().root(), Credentials.certificate(), null);
    pair.pump();
    timer.pass(LoginThrottle.FIRST_PENALTY);
    pair.pump();
    return login;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=worker|worker",
        "CN=worker, OU=farm, O=Spindle|worker",
        "OU=farm, CN=worker|worker",
        "CN=\"a, b\", O=x|a, b",
        "CN=worker, CN=farm|worker",
        "CN=wörker €, O=x|wörker €",
        "OU=farm + CN=worker, O=x|worker",
      })
  void theCommonNameIsTheAvatarsId(String subject, String id) {
    assertThat(login(subject, CertificateChecker.byCommonName())).isCompleted();
    assertThat(ids).containsExactly(id);
  }

  @Test
  void aLongNameIsReadWhole() {
    String name = "n".repeat(300);
    assertThat(CommonName.of(new X500Principal("CN=" + name + ", O=x"))).contains(name);
    assertThat(CommonName.of(new X500Principal("O=CN"))).isEmpty();
    assertThat(CommonName.of(new X500Principal(""))).isEmpty();
  }

  @Test
  void checkersAreAskedForTheCertificateFirst() {
    assertThat(login("CN=w", new AnonymousChecker(), CertificateChecker.byCommonName()))
        .isCompleted();
    assertThat(login("CN=w", PasswordChecker.of(Map.of()), new AnonymousChecker())).isCompleted();
    assertThat(ids).containsExactly("w", AnonymousChecker.ANONYMOUS);
  }

  /** Somebody known to be somebody else is not let in as nobody. */
  @Test
  void aRefusedCertificateIsNotAnonymous() {
    CredentialChecker nobody = new CertificateChecker(certificate -> Optional.empty());
    assertRefused(login("CN=w", nobody, new AnonymousChecker()), LoginRefusedException.TYPE);
    assertRefused(login("O=w", CertificateChecker.byCommonName()), LoginRefusedException.TYPE);
    assertThat(ids).isEmpty();
  }

  @Test
  void whereNobodyDealsWithEitherThatIsSaid() {
    assertRefused(
        login("CN=w", PasswordChecker.of(Map.of())), "twisted.cred.error.UnhandledCredentials");
  }

  private static void assertRefused(CompletableFuture<RemoteReference> login, String type) {
    assertThatThrownBy(login::join)
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class, e -> assertThat(e.isA(type)).as(e.getMessage()).isTrue());
  }

  @Test
  void whatIsShownSaysWhoseItIs() {
    PresentedCredentials.Certificate shown =
        new PresentedCredentials.Certificate(List.of(certificate("CN=w")));
    assertThat(shown).hasToString("Certificate[CN=w]");
  }
}

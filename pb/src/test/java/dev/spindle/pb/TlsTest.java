// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.CertificateChecker;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.LoginUnavailableException;
import dev.spindle.pb.cred.Portal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** TLS: who is let in, what is said to who is not, and files that change. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class TlsTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Authority ours;
  private Authority strange;
  private Authority.Issued server;
  private Authority.Issued client;

  /** Tells the caller what it has shown. */
  private static final class Mirror implements Referenceable {
    @Exposed
    String whoAmI(PbConnection caller) {
      return caller.peerCertificates().stream()
          .map(each -> each.getSubjectX500Principal().getName())
          .toList()
          .toString();
    }
  }

  @BeforeEach
  void issue() throws IOException {
    ours = new Authority(folder, "ours");
    strange = new Authority(folder, "strange");
    server = ours.issue("localhost");
    client = ours.issue("worker");
  }

  private Endpoint.Tls listening() {
    return Endpoint.tls("127.0.0.1", 0).identity(server.cert(), server.key());
  }

  private Endpoint.Tls dialing(PbServer running) {
    return Endpoint.tls("127.0.0.1", running.address().getPort()).trust(ours.file());
  }

  private static PbServer start(Endpoint endpoint) throws IOException {
    return PbServer.at(endpoint).threads(1).root(new Mirror()).start();
  }

  private static String mirrored(Endpoint endpoint) throws IOException {
    try (PbClient connected = PbClient.to(endpoint).connect()) {
      return (String) connected.root().call("whoAmI").join();
    }
  }

  private static void assertCannotConnect(Endpoint.Tls endpoint, String... words) {
    assertThatThrownBy(() -> PbClient.to(endpoint).connect())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot connect to " + endpoint.host() + ":" + endpoint.port())
        .hasMessageContainingAll(words);
  }

  private static void assertCannotStart(Endpoint endpoint, String... words) {
    assertThatThrownBy(() -> start(endpoint))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }

  // ---- who is who ----

  @Test
  void eachEndKnowsWhatTheOtherHasShown() throws Exception {
    try (PbServer running = start(listening().trust(ours.file()))) {
      Endpoint.Tls endpoint = dialing(running).identity(client.cert(), client.key());
      try (PbClient connected = PbClient.to(endpoint).connect()) {
        assertThat(connected.isSecure()).isTrue();
        assertThat(connected.peerCertificates())
            .extracting(each -> each.getSubjectX500Principal().getName())
            .containsExactly("CN=localhost");
        assertThat(connected.root().call("whoAmI").join()).isEqualTo("[CN=worker]");
      }
    }
    try (PbServer open = start(listening())) {
      assertThat(mirrored(dialing(open))).isEqualTo("[]");
    }
  }

  @Test
  void aCertificateLogsInAndOneThatNobodyDealsWithIsAnonymous() throws Exception {
    Endpoint.Tls mutual = listening().trust(ours.file());
    try (PbServer known =
            PbServer.at(mutual)
                .portal(portal(new AnonymousChecker(), CertificateChecker.byCommonName()))
                .start();
        PbServer unknown = PbServer.at(mutual).portal(portal(new AnonymousChecker())).start()) {
      assertThat(avatarOf(known, Credentials.certificate())).isEqualTo("worker");
      assertThat(avatarOf(known, Credentials.anonymous())).isEqualTo("worker");
      assertThat(avatarOf(unknown, Credentials.certificate())).isEqualTo("");
    }
  }

  @Test
  void aPortalForCertificatesAloneNeedsAnEndpointThatAsksForThem() {
    assertCannotServe(listening(), "and no client is asked for one: add trust=FILE");
    assertCannotServe(Endpoint.tcp("127.0.0.1", 0), "use tls: with trust=FILE");
  }

  private static void assertCannotServe(Endpoint endpoint, String mend) {
    Portal certificates = portal(CertificateChecker.byCommonName());
    assertThatThrownBy(() -> PbServer.at(endpoint).portal(certificates).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(endpoint + ": the portal takes certificates alone")
        .hasMessageEndingWith(mend);
  }

  private static Portal portal(dev.spindle.pb.cred.CredentialChecker... checkers) {
    return Portal.of(
        login -> CompletableFuture.completedFuture(Avatar.of(new Named(login.avatarId()))),
        checkers);
  }

  private record Named(String id) {
    @Exposed
    String name() {
      return id;
    }
  }

  private Object avatarOf(PbServer running, Credentials credentials) throws Exception {
    Endpoint.Tls endpoint = dialing(running).identity(client.cert(), client.key());
    try (PbClient connected = PbClient.to(endpoint).connect()) {
      RemoteReference me = connected.login(credentials, null).get(20, TimeUnit.SECONDS);
      return me.call("name").get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whoHasNoCertificateCannotLogInWithOne() throws Exception {
    try (PbServer running = PbServer.at(listening()).portal(portal()).start();
        PbClient connected = PbClient.to(dialing(running)).connect()) {
      assertThatThrownBy(connected.login(Credentials.certificate(), null)::join)
          .hasCauseInstanceOf(LoginUnavailableException.class)
          .hasMessageContaining("shows no certificate: it needs to be tls: with cert= and key=");
    }
  }

  // ---- what is said to who is not let in ----

  @Test
  void anAuthorityThatIsNotTrustedIsNamed() throws Exception {
    try (PbServer running = start(listening())) {
      assertCannotConnect(
          dialing(running).trust(strange.file()),
          "its certificate comes from no authority that is trusted here",
          strange.file().toString());
      Endpoint.Tls withoutTrust = Endpoint.tls("127.0.0.1", running.address().getPort());
      assertCannotConnect(withoutTrust, "name the file of its authority with trust=");
    }
  }

  @Test
  void aServerOfAnotherNameIsRefusedUnlessThatIsTold() throws Exception {
    server = ours.issue("farm.example");
    try (PbServer running = start(listening())) {
      assertCannotConnect(
          dialing(running), "its certificate is for somebody else", "127.0.0.1", "with name=");
      assertThat(mirrored(dialing(running).name("farm.example"))).isEqualTo("[]");
      assertCannotConnect(dialing(running).name("other.example"), "other.example");
    }
  }

  @Test
  void aClientWithoutCertificateIsToldThatItNeedsOne() throws Exception {
    try (PbServer running = start(listening().trust(ours.file()))) {
      assertCannotConnect(
          dialing(running), "it asks for a client certificate: name one with cert= and key=");
      Authority.Issued foreign = strange.issue("stranger");
      assertCannotConnect(
          dialing(running).identity(foreign.cert(), foreign.key()),
          "it does not take our certificate, " + foreign.cert());
      assertThat(running.connectionCount()).isLessThan(3);
      Servers.awaitConnections(running, 0);
    }
  }

  @Test
  void plainTextIsToldApart() throws Exception {
    try (PbServer plain = Servers.server().root(new Mirror()).start()) {
      assertCannotConnect(dialing(plain), "it does not speak TLS");
    }
    try (PbServer running = start(listening());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.address().getPort())) {
      socket.getOutputStream().write("hello there, this is no TLS\n".getBytes());
      socket.setSoTimeout(20_000);
      socket.getInputStream().readAllBytes();
      Servers.awaitConnections(running, 0);
    }
  }

  @Test
  void whoDoesNotBeginTlsIsDroppedInTime() throws Exception {
    try (PbServer running =
            PbServer.at(listening())
                .root(new Mirror())
                .tlsHandshakeTimeout(Duration.ofMillis(200))
                .start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.address().getPort())) {
      socket.setSoTimeout(20_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  PbClient.to(Endpoint.tls("127.0.0.1", mute.getLocalPort()))
                      .tlsHandshakeTimeout(Duration.ofMillis(200))
                      .connect())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no TLS agreed on within 0.2 s");
    }
  }

  @Test
  void anExpiredCertificateOfTheOtherSideIsToldApart() throws Exception {
    Instant now = Instant.now();
    server = ours.issue("localhost", now.minus(DAY), now.plusSeconds(2));
    try (PbServer running = start(listening())) {
      await()
          .pollDelay(Duration.ofMillis(10))
          .until(() -> Instant.now().isAfter(now.plusSeconds(3)));
      assertCannotConnect(dialing(running), "its certificate is not valid now", "renewed");
    }
  }

  @Test
  void tlsThatEndsInOneDirectionEndsTheConnection() throws Exception {
    try (PbServer running = start(listening());
        SSLSocket socket = Tls.socket(ours.file(), running)) {
      assertThat(socket.getInputStream().read()).as("the offer").isPositive();
      socket.shutdownOutput();
      Servers.awaitConnections(running, 0);
    }
  }

  // ---- files ----

  @Test
  void filesThatCannotBeUsedAreNamedWithTheMend() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertCannotStart(listening().identity(missing, server.key()), "there is no file " + missing);
    assertCannotStart(listening().identity(server.cert(), client.key()), "is not the key of");
    assertCannotStart(listening().identity(server.key(), server.key()), "has no certificate");
    assertCannotStart(listening().trust(client.key()), client.key() + " has no certificate");
    Authority.Issued old =
        ours.issue("old", Instant.now().minus(DAY.multipliedBy(2)), Instant.now().minus(DAY));
    assertCannotStart(
        listening().identity(old.cert(), old.key()), old.cert().toString(), "CN=old", "renew it");
  }

  private void replace(Path file, Path by) throws IOException {
    Path next = folder.resolve("next");
    Files.copy(by, next);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void newConnectionsUseNewFilesAndStandingOnesGoOn() throws Exception {
    Authority.Issued renewed =
        strange.issue("localhost2", "localhost", Instant.now().minus(DAY), Instant.now().plus(DAY));
    try (PbServer running = start(listening());
        PbClient before = PbClient.to(dialing(running)).connect()) {
      replace(server.cert(), renewed.cert());
      // Half of a renewal cannot be used: the old files stay in force.
      assertThat(mirrored(dialing(running))).isEqualTo("[]");
      replace(server.key(), renewed.key());
      assertCannotConnect(dialing(running), "no authority that is trusted here");
      assertThat(mirrored(dialing(running).trust(strange.file()))).isEqualTo("[]");
      assertThat(before.root().call("whoAmI").join()).isEqualTo("[]");
      Files.delete(server.key());
      assertThat(mirrored(dialing(running).trust(strange.file()))).isEqualTo("[]");
    }
  }

  @Test
  void aBrokenRenewalIsLoggedOnce() throws Exception {
    try (LogRecorder log = LogRecorder.of(TlsFiles.class);
        PbServer running = start(listening())) {
      Files.writeString(server.cert(), "nothing");
      for (int i = 0; i < 3; i++) {
        assertThat(mirrored(dialing(running))).isEqualTo("[]");
      }
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains(server.cert() + " has no certificate", "the old ones stay in force");
    }
  }
}

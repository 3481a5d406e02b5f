// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.interop.LoginClient.Answer;
import dev.spindle.interop.LoginServer.Guests;
import dev.spindle.pb.banana.ByteString;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

@AgainstTwisted("Transports")
class TransportsTest {
  private static final int LARGE = 600_000;

  private final TwistedPeers peers;

  @TempDir Path folder;

  TransportsTest(TwistedPeers peers) {
    this.peers = peers;
  }

  private Wiring wiring(Pairing pairing, Wiring.Kind kind) {
    if (kind == Wiring.Kind.TLS) {
      peers.speaking(pairing.dialect).command(null, "make_certificates", folder.toString());
    }
    return new Wiring(kind, folder);
  }

  private LoginVisit visit(Pairing pairing, Wiring.Kind kind) throws Exception {
    return LoginVisit.over(wiring(pairing, kind), pairing, peers, Guests.CERTIFIED);
  }

  @Scenario("calls both ways and 600 KB values, over TLS with certificates of both sides")
  void callsOverTls(Pairing pairing) throws Exception {
    calls(pairing, Wiring.Kind.TLS);
  }

  @Scenario("calls both ways and 600 KB values, over a Unix socket")
  void callsOverUnixSockets(Pairing pairing) throws Exception {
    calls(pairing, Wiring.Kind.UNIX);
  }

  private void calls(Pairing pairing, Wiring.Kind kind) throws Exception {
    try (Meeting meeting = peers.meet(pairing, wiring(pairing, kind), settings -> {})) {
      assertThat(meeting.broker().isSecure()).isTrue();
      // Twisted sends its authority's along.
      assertThat(meeting.broker().peerCertificates().stream().limit(1))
          .extracting(each -> each.getSubjectX500Principal().getName())
          .isEqualTo(
              kind == Wiring.Kind.UNIX
                  ? List.of()
                  : List.of(pairing.javaListens ? "CN=worker" : "CN=localhost"));
      assertThat(meeting.call("join", "a", 2)).isEqualTo("a 2 -");
      assertThat(meeting.twistedCalls("join", "('a', 2)").value()).isEqualTo("str'a 2 -'");
      assertThat((ByteString) meeting.call("large", LARGE))
          .extracting(ByteString::size)
          .isEqualTo(LARGE);
      assertThat(meeting.twistedCalls("large", "(" + LARGE + ",)").value())
          .startsWith("bytes ")
          .hasSize("bytes ".length() + 2 * LARGE);
    }
  }

  @Scenario("logins with a password, over TLS")
  void passwordOverTls(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Wiring.Kind.TLS)) {
      assertThat(visit.logIn("a", "alice", "sesame")).startsWith("alice#");
    }
  }

  @Scenario("logins with a password, over a Unix socket")
  void passwordOverUnixSockets(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Wiring.Kind.UNIX)) {
      assertThat(visit.logIn("a", "alice", "sesame")).startsWith("alice#");
    }
  }

  /** Twisted has no such logins as a server: to it we are anonymous. */
  @Scenario("loginAnonymous with a client certificate logs in with it at a Java server")
  void certificate(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Wiring.Kind.TLS)) {
      assertThat(visit.client().logInAnonymously("a")).isEqualTo(Answer.of("a"));
      assertThat(visit.client().call("a", "whoAmI").value())
          .startsWith(pairing.javaListens ? "worker#" : "#");
    }
  }
}

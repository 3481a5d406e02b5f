// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.interop.LoginClient.Answer;

/** Somebody about to log in over another transport than TCP, and the server. */
record LoginVisit(LoginClient client, AutoCloseable server) implements AutoCloseable {

  static LoginVisit over(Wiring wiring, Pairing pairing, TwistedPeers peers) throws Exception {
    TwistedPeer peer = peers.speaking(pairing.dialect);
    if (pairing.javaListens) {
      LoginServer server = new LoginServer(wiring.listening(), true);
      int number = peers.nextNumber();
      Object place = wiring.place(server.running());
      Object[] arguments = wiring.arguments(place);
      peer.command(null, "visit_over", number, arguments[0], arguments[1], arguments[2]);
      return new LoginVisit(new TwistedLoginClient(peer, number), server);
    }
    JsonNode place = peer.command(null, "listen_for_logins_over", wiring.arguments());
    return new LoginVisit(new JavaLoginClient(wiring.dialing(place.asText())), () -> {});
  }

  void assertAlice() {
    assertThat(client.logIn("a", "alice", "sesame")).isEqualTo(Answer.of("a"));
    assertThat(client.call("a", "whoAmI").value()).startsWith("alice#");
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.interop.LoginClient.Answer;
import dev.spindle.interop.LoginServer.Guests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Somebody about to log in, the server, and who has left it. */
record LoginVisit(LoginClient client, Supplier<List<String>> left, AutoCloseable server)
    implements AutoCloseable {

  /** Begins a visit. Twisted takes nobody by a certificate: to it they are anonymous. */
  static LoginVisit over(Wiring wiring, Pairing pairing, TwistedPeers peers, Guests guests)
      throws Exception {
    TwistedPeer peer = peers.speaking(pairing.dialect);
    int number = peers.nextNumber();
    if (pairing.javaListens) {
      String place = wiring.anyPlace("logins-" + number + ".sock");
      LoginServer server = new LoginServer(wiring.listening(place), guests);
      peer.command(null, "visit", wiring.arguments(number, wiring.place(server.running())));
      return new LoginVisit(new TwistedLoginClient(peer, number), server::left, server);
    }
    boolean anonymous = guests != Guests.NAMED;
    String place = peer.command(null, "listen_for_logins", wiring.arguments(anonymous)).asText();
    return new LoginVisit(new JavaLoginClient(wiring.dialing(place)), () -> left(peer), () -> {});
  }

  private static List<String> left(TwistedPeer peer) {
    List<String> names = new ArrayList<>();
    peer.command(null, "left").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Logs in; the name that the server gave. */
  String logIn(String handle, String name, String password) {
    assertThat(client.logIn(handle, name, password)).isEqualTo(Answer.of(handle));
    return Objects.requireNonNull(client.call(handle, "whoAmI").value());
  }

  void awaitLeft(String avatar) {
    await().untilAsserted(() -> assertThat(left.get()).containsOnlyOnce(avatar));
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }
}

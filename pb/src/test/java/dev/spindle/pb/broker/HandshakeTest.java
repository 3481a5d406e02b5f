// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.vectors.Notation;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final BrokerSettings SETTINGS = BrokerSettings.DEFAULT;

  /** Answers with what it is given. */
  private static final class Echo implements Referenceable {
    @Exposed
    Object echo(Object value) {
      return value;
    }
  }

  private static String hex(MemoryLink link) {
    return HexFormat.of().formatHex(link.sent());
  }

  private static void feed(MemoryLink link, String hex) {
    link.receive(HexFormat.of().parseHex(hex));
  }

  @Test
  void theServerSpeaksFirstAndTellsItsVersionOnceTheClientHasChosen() {
    MemoryLink server = new MemoryLink(Broker.Role.SERVER, SETTINGS, Map.of("root", new Echo()));
    assertThat(hex(server)).isEqualTo("02800282706204826e6f6e65");
    assertThat(server.broker().isOpen()).isFalse();
    feed(server, "02827062");
    assertThat(hex(server)).isEqualTo("028013870681");
    assertThat(server.broker().isOpen()).isTrue();
  }

  @Test
  void theClientChoosesTellsItsVersionAndSendsTheCallsThatWaited() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, SETTINGS, Map.of());
    CompletableFuture<?> call = client.broker().root().call("echo", 1L);
    assertThat(hex(client)).isEmpty();
    feed(client, "02800282706204826e6f6e65");
    assertThat(hex(client))
        .isEqualTo(
            "02827062"
                + "028013870681"
                + "0780"
                + "1a8701810482726f6f74"
                + "04826563686f0181"
                + "02800b870181"
                + "01800587");
    assertThat(call).isNotDone();
  }

  @Test
  void underDialectNoneEveryWordIsSentInFull() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, SETTINGS, Map.of());
    feed(client, "018004826e6f6e65");
    assertThat(hex(client)).isEqualTo("04826e6f6e65" + "0280078276657273696f6e0681");
  }

  @Test
  void aClientMaySayEverythingBeforeItHasHeardAnything() {
    MemoryLink server = new MemoryLink(Broker.Role.SERVER, SETTINGS, Map.of("root", new Echo()));
    feed(
        server,
        "02827062"
            + "028013870681"
            + "07801a8701810482726f6f7404826563686f0181"
            + "02800b870781"
            + "01800587");
    assertThat(hex(server))
        .isEqualTo("02800282706204826e6f6e65" + "028013870681" + "03801b8701810781");
  }

  @Test
  void nothingMayBeAbbreviatedBeforeTheChoice() {
    MemoryLink server = new MemoryLink(Broker.Role.SERVER, SETTINGS, Map.of());
    feed(server, "0187");
    assertThat(server.end()).contains("although dialect pb was not negotiated");
  }

  @Test
  void aPeerThatKnowsNoDialectOfOursIsDropped() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, SETTINGS, Map.of());
    CompletableFuture<?> call = client.broker().root().call("echo");
    feed(client, "0180058278797a7a79");
    assertThat(client.end()).contains("no dialect that we know");
    assertThat(call).isCompletedExceptionally();
    MemoryLink server = new MemoryLink(Broker.Role.SERVER, SETTINGS, Map.of());
    server.sent();
    feed(server, "02825042");
    assertThat(server.end()).contains("no dialect that we know");
    assertThat(server.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[version 6.0]", "[version 6]", "[didNotUnderstand foo]"})
  void aVersionMayComeAgainAndComplaintsAreTaken(String message) {
    RawPeer peer = RawPeer.ofServer(new Echo());
    peer.says(message, message, "[message 1 root echo 1 [tuple 5] [dictionary]]");
    assertThat(peer.heard()).isEqualTo(List.of("[answer 1 5]"));
  }

  @Test
  void noVersionAtAllIsTolerated() {
    MemoryLink server = new MemoryLink(Broker.Role.SERVER, SETTINGS, Map.of("root", new Echo()));
    feed(
        server,
        "02827062" + "07801a8701810482726f6f7404826563686f0181" + "02800b870781" + "01800587");
    assertThat(hex(server)).endsWith("03801b8701810781");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[version 5]", "[version 7]", "[version 6.5]", "[version six]", "[version [6]]"})
  void anyOtherVersionCostsTheConnection(String version) {
    RawPeer peer = RawPeer.ofServer(new Echo());
    peer.says(version);
    assertThat(peer.end()).contains("protocol version").contains("expected 6");
  }

  @Test
  void theNotationOfTheseTestsIsThatOfTheReference() {
    String message = "[answer 1 [tuple u\"hi\" list -2 2.5 \"a b\" [dictionary [u\"n\" 1]]]]";
    assertThat(Notation.show(Notation.read(message))).isEqualTo(message);
  }
}

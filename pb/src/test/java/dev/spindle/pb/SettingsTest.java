// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.types.Types;
import dev.spindle.pb.util.PageCollector;
import dev.spindle.pb.util.PageSink;
import dev.spindle.pb.util.PageSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What cannot be is refused where it is said. */
class SettingsTest {
  private static final Duration NEGATIVE = Duration.ofSeconds(-1);

  private final PbServer.Builder server = PbServer.at("tcp:port=0");
  private final PbClient.Builder client = PbClient.to("tcp:port=1");
  private final ReconnectingClient.Builder reconnecting = client.reconnecting();

  private static void assertRefused(ThrowingCallable setter, String why) {
    assertThatThrownBy(setter).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
  }

  @Test
  void countsThatAreTooSmallAreRefusedByName() {
    assertRefused(() -> server.threads(0), "threads 0: expected 1 or more");
    assertRefused(() -> server.threads(-1), "threads -1: expected 1 or more");
    assertRefused(() -> client.maxReferences(-1), "maxReferences -1: expected 0 or more");
    assertRefused(() -> client.maxCallsInFlight(0), "maxCallsInFlight 0: expected 1 or more");
    assertRefused(() -> client.maxUnreadBytes(0), "maxUnreadBytes 0: expected 1 or more");
    assertRefused(() -> reconnecting.maxWaitingCalls(-1), "maxWaitingCalls -1: expected 0 or more");
    assertRefused(() -> PageCollector.of(PageSink.bytes(), -1), "maxBytes -1: expected 0 or more");
  }

  @Test
  void timesThatAreNoneAreRefusedByName() {
    String none = " PT0S: expected more than 0 s";
    String negative = " PT-1S: expected more than 0 s";
    assertRefused(() -> client.expressionTimeout(Duration.ZERO), "expressionTimeout" + none);
    assertRefused(() -> client.tlsHandshakeTimeout(NEGATIVE), "tlsHandshakeTimeout" + negative);
    assertRefused(() -> client.connectTimeout(Duration.ZERO), "connectTimeout" + none);
    assertRefused(() -> server.loginTimeout(Duration.ZERO), "loginTimeout" + none);
    assertRefused(() -> server.handshakeTimeout(NEGATIVE), "handshakeTimeout" + negative);
    assertRefused(() -> reconnecting.loginTimeout(NEGATIVE), "loginTimeout" + negative);
    assertRefused(
        () -> reconnecting.stableAfter(NEGATIVE), "stableAfter PT-1S: expected 0 s or more");
  }

  /** Those that would be no limit at all to a timer, or overflow it later on. */
  @Test
  void timesThatNoTimerCanKeepAreRefusedByName() {
    Duration eternal = Duration.ofSeconds(Long.MAX_VALUE);
    assertRefused(
        () -> client.tlsHandshakeTimeout(Duration.ofNanos(1)),
        "tlsHandshakeTimeout PT0.000000001S: expected 1 ms or more");
    assertThatThrownBy(() -> client.connectTimeout(eternal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("connectTimeout PT")
        .hasMessageEndingWith(": expected 10000 days or less");
    assertThatThrownBy(() -> reconnecting.stableAfter(eternal))
        .hasMessageEndingWith(": expected 10000 days or less");
    assertRefused(() -> reconnecting.maxFailures(0), "maxFailures 0: expected 1 or more");
  }

  @Test
  void theSmallestAreTaken() {
    assertThat(server.threads(1).maxReferences(0).maxCallsInFlight(1).maxUnreadBytes(1))
        .isNotNull();
    assertThat(reconnecting.maxWaitingCalls(0).stableAfter(Duration.ZERO)).isNotNull();
    assertThat(PageCollector.of(PageSink.bytes(), 0)).isNotNull();
  }

  @Test
  void anEmptyTagIsRefused() {
    assertRefused(
        () -> Types.builder().reads("", state -> state),
        "a tag is empty: expected a name such as 'app.Point'");
    assertRefused(
        () -> Types.builder().sends(Object.class, "", Object::toString),
        "a tag is empty: expected a name such as 'app.Point'");
  }

  @Test
  void aSourceOfNothingIsRefusedWhereItIsMade() {
    assertThatThrownBy(() -> PageSource.bytes(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("bytes");
    assertThatThrownBy(() -> PageSource.stream(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("stream");
  }

  @Test
  void aTimeToConnectMayBeLongerThanNettyCanCount() throws Exception {
    try (PbServer running = Servers.server().root(new Desk()).start();
        PbClient patient =
            PbClient.to(running.endpoint()).connectTimeout(Duration.ofDays(30)).connect()) {
      CompletableFuture<?> echo = patient.root().call("echo", 1);
      assertThat(echo.join()).isEqualTo(1L);
    }
  }

  // ---- hosts ----

  /** No name server is asked about a name with an empty part. */
  @Test
  void aHostThatNobodyKnowsIsSaidInWords() {
    assertThatThrownBy(() -> PbServer.at("tcp:host=no..such:port=0").root(new Desk()).start())
        .hasMessage("cannot listen on no..such:0: no host of this name is known");
    assertThatThrownBy(() -> PbClient.connect("tcp:host=no..such:port=1"))
        .hasMessage("cannot connect to no..such:1: no host of this name is known");
  }
}

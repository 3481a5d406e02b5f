// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.LogRecorder;
import dev.spindle.pb.types.Types;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What exposed methods throw is told to who wrote them, unless it was meant as an answer. */
class UnexpectedErrorsTest {
  private final LogRecorder log = LogRecorder.of(UnexpectedErrors.class);

  private static final class SoldOut extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static final class Desk implements Referenceable {
    @Exposed
    void slip(String text) {
      throw new IllegalStateException(text);
    }

    @Exposed
    CompletableFuture<String> slipLater() {
      return CompletableFuture.failedFuture(new ArithmeticException("later"));
    }

    @Exposed
    void refuse() {
      throw new PbError("shop.Refused", "not today");
    }

    @Exposed
    void sellOut() {
      throw new SoldOut();
    }

    @Exposed
    Object bad() {
      return new Object();
    }

    @Exposed
    void lose() throws IOException {
      throw new IOException("no such file");
    }
  }

  private final RawPeer peer =
      RawPeer.ofServer(
          new Desk(),
          BrokerSettings.DEFAULT.withTypes(
              Types.builder().sendsError(SoldOut.class, "shop.SoldOut").build()));

  @AfterEach
  void stopListening() {
    log.close();
  }

  private void calls(String method, String arguments) {
    peer.says("[message 1 root " + method + " 1 [tuple" + arguments + "] [dictionary]]");
    peer.heard();
  }

  @Test
  void theMethodIsNamedAndTheStackIsThere() {
    calls("slip", " u\"oops\"");
    calls("slipLater", "");
    assertThat(log.warnings())
        .satisfiesExactly(
            slip -> assertThat(slip).contains("Desk.slip(String) failed, and its caller is told"),
            later -> assertThat(later).contains("Desk.slipLater() failed"));
    assertThat(log.events().get(0).getThrowableProxy().getMessage()).isEqualTo("oops");
    assertThat(log.events().get(1).getThrowableProxy().getClassName())
        .isEqualTo("java.lang.ArithmeticException");
  }

  @Test
  void whatIsMeantAsAnAnswerIsNotToldNorWhatTheCallerDidWrong() {
    for (String method : List.of("refuse", "sellOut", "lose", "slip", "absent")) {
      calls(method, "");
    }
    assertThat(log.events()).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeSentIsToldToo() {
    calls("bad", "");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("Desk.bad() failed, and its caller is told");
    assertThat(log.events().get(0).getThrowableProxy().getMessage()).contains("java.lang.Object");
  }

  @Test
  void thatNobodyIsToldIsSaid() {
    peer.says("[message 1 root slip 0 [tuple u\"oops\"] [dictionary]]");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("Desk.slip(String) failed, and its caller wants no answer");
    assertThat(peer.heard()).isEmpty();
  }

  @Test
  void aPeerThatDoesNothingElseCannotFillTheLog() {
    for (int i = 0; i < 1000; i++) {
      calls("slip", " u\"again\"");
    }
    assertThat(log.warnings()).hasSize(16 + 5);
    assertThat(log.warnings().get(20)).endsWith("512 so far");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FarmErrorsTest {

  /** Fails as it is told. */
  static final class Failing implements Referenceable {
    @Exposed
    CompletionStage<Object> refuse(String code) {
      return FarmErrors.outward(
          CompletableFuture.supplyAsync(
              () -> {
                throw new FarmException(Code.valueOf(code), "no, " + code);
              }));
    }

    @Exposed
    CompletionStage<Object> refuseAtOnce(String code) {
      return FarmErrors.answer(
          () -> {
            throw new FarmException(Code.valueOf(code), "no, " + code);
          });
    }

    @Exposed
    Object breakDown() {
      throw new IllegalStateException("a fault");
    }

    @Exposed
    CompletionStage<Object> never() {
      return new CompletableFuture<>();
    }

    @Exposed
    void hangUp(PbConnection caller) {
      caller.close();
    }
  }

  private PbServer server;
  private PbClient client;

  @BeforeEach
  void connect() throws IOException {
    server = PbServer.at("tcp:host=127.0.0.1:port=0").root(new Failing()).start();
    client = PbClient.connect("tcp:host=127.0.0.1:port=" + server.address().getPort());
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyCodeArrivesAsItWasSent(Code code) {
    FarmException arrived = failure(client.root().call("refuse", code.name()));
    assertThat(arrived.code()).isEqualTo(code);
    assertThat(arrived).hasMessage("no, " + code);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID,spindle.Invalid",
    "NO_SUCH_JOB,spindle.NoSuchJob",
    "NO_SUCH_WORKER,spindle.NoSuchWorker",
    "NOT_CONNECTED,spindle.NotConnected",
    "NAME_TAKEN,spindle.NameTaken",
    "MISSING_FILE,spindle.MissingFile",
    "STALE,spindle.Stale",
    "DISK_FULL,spindle.DiskFull",
    "BUSY,spindle.Busy",
    "UNAVAILABLE,spindle.Unavailable"
  })
  void theNamesThatProgramsTrapNeverChange(Code code, String name) {
    assertThat(FarmErrors.toPb(new CompletionException(new FarmException(code, "x"))))
        .isInstanceOfSatisfying(PbError.class, e -> assertThat(e.type()).isEqualTo(name));
  }

  @Test
  void aSubclassOfAKnownErrorIsKnown() {
    var derived = new RemoteException("acme.Full", "text", List.of("spindle.DiskFull"), "");
    assertThat(FarmErrors.fromPb(derived).code()).isEqualTo(Code.DISK_FULL);
  }

  @Test
  void anErrorOfAnotherKindKeepsItsNameAndText() {
    FarmException fault = failure(client.root().call("breakDown"));
    assertThat(fault.code()).isEqualTo(Code.INVALID);
    assertThat(fault)
        .hasMessageContaining("the other side failed")
        .hasMessageContaining("IllegalStateException: a fault");
  }

  @Test
  void aLostConnectionIsUnavailable() {
    RemoteReference root = client.root();
    CompletableFuture<Object> waiting = root.call("never");
    root.send("hangUp");
    assertThat(failure(waiting).code()).isEqualTo(Code.UNAVAILABLE);
    FarmException late = failure(root.call("never"));
    assertThat(late.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(late).hasMessageContaining("connection");
    assertThat(FarmErrors.fromPb(new ConnectionLostException("gone")).code())
        .isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void anAnswerThatDoesNotComeIsUnavailableAndSaysSo() {
    CompletableFuture<Object> late =
        client.root().call("never").orTimeout(10, java.util.concurrent.TimeUnit.MILLISECONDS);
    FarmException failure = failure(late);
    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure).hasMessage("no answer in time");
    assertThat(failure).hasRootCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void anAnswerThatCannotBeReadIsInvalid() {
    CompletionStage<Object> read =
        FarmErrors.inward(
            CompletableFuture.completedFuture(List.of()), answer -> ResultForm.read(answer));
    assertThat(failure(read))
        .hasMessage("an answer that cannot be read: result must be a dict, not list");
  }

  @Test
  void whatSucceedsPassesBothWays() {
    CompletableFuture<String> done = CompletableFuture.completedFuture("yes");
    assertThat(FarmErrors.outward(done).toCompletableFuture().join()).isEqualTo("yes");
    assertThat(FarmErrors.inward(done, answer -> answer + "!").toCompletableFuture().join())
        .isEqualTo("yes!");
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void whatIsRefusedAtOnceArrivesAsWhatFailsLater(Code code) {
    FarmException arrived = failure(client.root().call("refuseAtOnce", code.name()));
    assertThat(arrived.code()).isEqualTo(code);
    assertThat(arrived).hasMessage("no, " + code);
  }

  @Test
  void aWrongArgumentOfACallIsInvalid() {
    FarmException arrived = failure(client.root().call("refuseAtOnce", "NO_SUCH_CODE"));
    assertThat(arrived.code()).isEqualTo(Code.INVALID);
    assertThat(arrived).hasMessageContaining("NO_SUCH_CODE");
  }

  @Test
  void aWrongArgumentIsInvalid() {
    assertThat(FarmErrors.toPb(new IllegalArgumentException("bad")))
        .isInstanceOfSatisfying(
            PbError.class, e -> assertThat(e.type()).isEqualTo("spindle.Invalid"));
  }

  private static FarmException failure(CompletionStage<?> call) {
    try {
      FarmErrors.inward(call, answer -> answer).toCompletableFuture().join();
      throw new AssertionError("expected a failure");
    } catch (CompletionException e) {
      return (FarmException) e.getCause();
    }
  }
}

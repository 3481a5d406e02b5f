// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Connection;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerName;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the login to the queue, and the ways in which it is refused. */
class RegistrationTest extends ListenerFixture {

  @Test
  void theFarmHearsAllThatTheWorkerTold() throws Exception {
    try (TestWorker worker = login("w1")) {
      Map<String, Object> info = TestWorker.info("w1");
      info.put("tags", List.of("gpu"));
      info.put("holds", List.of("a".repeat(64)));
      info.put("running", List.of(List.of(7L, 2L)));
      info.put("unknown", List.of(1L));
      worker.register(info);
      WorkerInfo told = farm.last().info();
      assertThat(told.name()).isEqualTo(new WorkerName("w1"));
      assertThat(told.wire()).isEqualTo("hbqueue");
      assertThat(told.address()).startsWith("127.0.0.1:");
      assertThat(told.tags()).containsExactly("gpu");
      assertThat(told.holds()).containsExactly(new Sha256("a".repeat(64)));
      assertThat(told.running()).containsExactly(AttemptId.of(7, 2));
      assertThat(told.slots()).isEqualTo(2);
      assertThat(told.cpus()).isEqualTo(4);
      assertThat(told.boot()).isEqualTo("b1");
      assertThat(told.queues()).isTrue();
      assertThat(worker.queue().call("length").join()).isEqualTo(0L);
      assertThat(worker.jobs()).isEmpty();
    }
  }

  @Test
  void aWrongSecretAndAnUnknownNameAreTheSame() {
    for (String name : List.of("w1", "nobody")) {
      assertThatThrownBy(() -> TestWorker.login(server.address().getPort(), name, "wrong").close())
          .hasMessageContaining("UnauthorizedLogin")
          .hasMessageNotContaining("wrong");
    }
    assertThat(farm.offered).isEmpty();
  }

  @Test
  void aWorkerCannotRegisterAsAnother() throws Exception {
    try (TestWorker worker = login("w1")) {
      assertRefused(worker, TestWorker.info("w2"), "logged in as 'w1' but registers as 'w2'");
      assertThat(farm.offered).isEmpty();
      worker.register(TestWorker.info("w1"));
    }
  }

  @Test
  void whatIsNoInfoIsRefusedByKeyAndTheWorkerMayTryAgain() throws Exception {
    try (TestWorker worker = login("w1")) {
      Map<String, Object> info = TestWorker.info("w1");
      info.put("slots", "two");
      assertRefused(worker, info, "info: 'slots' must be int, not str");
      info.remove("slots");
      assertRefused(worker, info, "info misses 'slots' (int)");
      worker.register(TestWorker.info("w1"));
    }
  }

  @Test
  void oneConnectionRegistersOnce() throws Exception {
    try (TestWorker worker = registered()) {
      assertRefused(
          worker, TestWorker.info("w1"), "'w1' has registered on this connection already");
      assertThat(farm.offered).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(FarmException.Code.class)
  void theFarmsRefusalReachesTheWorkerUnderItsName(FarmException.Code code) throws Exception {
    farm.refusal = new FarmException(code, "not this one");
    try (TestWorker worker = login("w1")) {
      assertThatThrownBy(() -> worker.register(TestWorker.info("w1")))
          .cause()
          .isInstanceOfSatisfying(
              RemoteException.class,
              e -> {
                assertThat(e.type().toLowerCase(java.util.Locale.ROOT))
                    .isEqualTo(
                        "spindle."
                            + code.name().toLowerCase(java.util.Locale.ROOT).replace("_", ""));
                assertThat(e.text()).isEqualTo("not this one");
              });
      farm.refusal = null;
      worker.register(TestWorker.info("w1"));
      assertThat(farm.offered).hasSize(2);
    }
  }

  @Test
  void aNewSecretLetsInFromNowOnAndLeavesConnectionsAlone() throws Exception {
    try (TestWorker worker = registered()) {
      listener.updateRegistration(registered("w1", "changed"));
      assertThatThrownBy(() -> login("w1").close()).hasMessageContaining("UnauthorizedLogin");
      TestWorker.login(server.address().getPort(), "w1", "changed").close();
      assertThat(worker.jobs()).isEmpty();
      assertThat(worker.gone).isNotDone();
    }
  }

  @Test
  void aWorkerOfAnotherWireIsUnknownHere() {
    RegisteredWorker known = registered("w1", "sesame");
    listener.updateRegistration(
        new RegisteredWorker(known.name(), "buildbot", known.secretMd5(), known.addedAt()));
    assertThatThrownBy(() -> login("w1").close()).hasMessageContaining("UnauthorizedLogin");
  }

  @Test
  void aRegistrationShowsNoDigest() {
    RegisteredWorker known = registered("w1", "sesame");
    assertThat(known.toString()).doesNotContain(known.secretMd5());
  }

  @Test
  void goodbyeIsToldAsOneAndEndsTheConnection() throws Exception {
    try (TestWorker worker = registered()) {
      worker.goodbye();
      await().until(() -> !farm.news.isEmpty());
      assertThat(farm.news).singleElement().asString().startsWith("goodbye: ");
      worker.gone.join();
    }
  }

  @Test
  void goodbyeBeforeTheRegistrationDoesNothing() throws Exception {
    try (TestWorker worker = login("w1")) {
      worker.goodbye();
      worker.register(TestWorker.info("w1"));
      assertThat(worker.gone).isNotDone();
    }
  }

  @Test
  void aLossIsToldOnce() throws Exception {
    try (TestWorker worker = registered()) {
      worker.close();
    }
    await().until(() -> !farm.news.isEmpty());
    farm.last().close("too late");
    farm.last().close("twice");
    server.close();
    assertThat(farm.news).singleElement().asString().startsWith("lost: ");
  }

  @Test
  void aWatcherThatComesLateHearsOfTheLossAtOnce() throws Exception {
    try (TestWorker worker = registered()) {
      worker.close();
    }
    await().until(() -> !farm.news.isEmpty());
    farm.offer(farm.last());
    await().until(() -> farm.news.size() == 2);
  }

  @Test
  void theWorkerIsToldWhyItIsClosed() throws Exception {
    try (TestWorker worker = registered()) {
      Connection connection = farm.last();
      connection.close("for a reason");
      worker.gone.join();
      assertThat(worker.client.calls()).containsExactly("closing for a reason");
      await().until(() -> !farm.news.isEmpty());
      assertThat(farm.news).containsExactly("lost: for a reason");
      assertThat(TestFailures.of(connection.print("hello")))
          .hasMessage("worker w1 is gone: for a reason")
          .extracting(FarmException::code)
          .isEqualTo(FarmException.Code.NOT_CONNECTED);
    }
  }

  @Test
  void aReplacedWorkerIsToldSo() throws Exception {
    try (TestWorker worker = registered()) {
      farm.last().replaced("by another");
      worker.gone.join();
      assertThat(worker.client.calls()).containsExactly("replaced by another");
      await().until(() -> farm.news.equals(List.of("lost: by another")));
    }
  }

  @Test
  void theEndOfTheListenerClosesItsConnections() throws Exception {
    try (TestWorker worker = registered()) {
      listener.close();
      worker.gone.join();
      assertThat(worker.client.calls()).containsExactly("closing the controller is ending");
    }
  }

  private static void assertRefused(TestWorker worker, Map<String, Object> info, String text) {
    assertThatThrownBy(() -> worker.register(info))
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class,
            e -> {
              assertThat(e.type()).isEqualTo("spindle.Invalid");
              assertThat(e.text()).isEqualTo(text);
            });
  }

  @Test
  void theMethodsThatAreNotExposedCannotBeCalled() throws Exception {
    try (TestWorker worker = registered()) {
      RemoteReference queue = worker.queue();
      for (String method : List.of("add", "remove", "toString", "getClass")) {
        assertThat(TestWorker.failure(queue.call(method)).text()).contains("No such method");
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControllerTest {
  private static final GrantHolder ADA = new GrantHolder("ada");
  private static final FileName FILM = new FileName("film");

  private final TestFarm farm = new TestFarm();

  /** A listener that remembers whom it may let in. */
  private static final class RecordingListener implements Listener {
    final List<WorkerName> names = new ArrayList<>();

    @Override
    public String wire() {
      return "test";
    }

    @Override
    public SocketAddress address() {
      return InetSocketAddress.createUnresolved("localhost", 1);
    }

    @Override
    public void updateRegistration(RegisteredWorker worker) {
      names.add(worker.name());
    }

    @Override
    public void close() {}
  }

  private static RegisteredWorker registration(String name) {
    return new RegisteredWorker(name(name), "test", "0".repeat(32), Instant.EPOCH);
  }

  @Test
  void listenersLearnOfEveryRegisteredWorker() {
    farm.register("w1");
    var listener = new RecordingListener();
    farm.controller.attach(listener);
    farm.loop.run();
    assertThat(listener.names).containsExactly(name("w1"));
    farm.register("w2");
    assertThat(listener.names).containsExactly(name("w1"), name("w2"));
  }

  @Test
  void aRegistrationIsRealOnlyOnceItIsOnDisk() {
    var listener = new RecordingListener();
    farm.controller.attach(listener);
    farm.store.hold();
    var registered = farm.controller.register(registration("w1"));
    assertThat(farm.answered(registered)).isFalse();
    assertThat(listener.names).isEmpty();
    farm.store.failNext();
    assertThat(farm.refusal(registered).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.answer(farm.controller.workers())).isEmpty();
    assertThat(listener.names).isEmpty();
  }

  @Test
  void registrationsSurviveARestart() {
    farm.register("w1");
    farm.restart(0);
    farm.join(TestFarm.info("w1", 1));
    assertThat(farm.worker("w1").state()).isEqualTo(WorkerView.State.CONNECTED);
  }

  @Test
  void moreWorkersThanTheLimitAreRefused() {
    var narrow = new TestFarm(TestFarm.narrow());
    narrow.register("w1");
    narrow.register("w2");
    assertThat(narrow.refusal(narrow.controller.register(registration("w3"))).code())
        .isEqualTo(FarmException.Code.BUSY);
    narrow.register("w2");
  }

  @Test
  void workersWhoseRegistrationIsUnderWayCountAgainstTheLimit() {
    var narrow = new TestFarm(TestFarm.narrow());
    narrow.store.hold();
    List<CompletionStage<Void>> registered =
        Stream.of("w1", "w2").map(n -> narrow.controller.register(registration(n))).toList();
    assertThat(narrow.refusal(narrow.controller.register(registration("w3"))).code())
        .isEqualTo(FarmException.Code.BUSY);
    narrow.store.failNext();
    assertThat(narrow.refusal(registered.get(0)).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    narrow.store.release();
    narrow.answer(registered.get(1));
    narrow.register("w3");
  }

  @Test
  void workersAreListedByName() {
    farm.register("zeta");
    farm.join("alpha", 1);
    List<WorkerView> views = farm.answer(farm.controller.workers());
    assertThat(views).extracting(view -> view.name().value()).containsExactly("alpha", "zeta");
    assertThat(views)
        .extracting(WorkerView::state)
        .containsExactly(WorkerView.State.CONNECTED, WorkerView.State.OFFLINE);
    assertThat(views.get(0).lastSeen()).contains(farm.loop.now());
    assertThat(views.get(1).info()).isEmpty();
  }

  @Test
  void aStatusIsAskedOfTheWorker() {
    FakeConnection worker = farm.join("w1", 1);
    var status = new WorkerStatus(List.of(), 0.5, 100);
    worker.statusAnswer = CompletableFuture.completedStage(status);
    assertThat(farm.answer(farm.controller.status(name("w1")))).isEqualTo(status);
  }

  @Test
  void aStatusOfOneWhoIsAwayIsRefused() {
    farm.register("w1");
    assertThat(farm.refusal(farm.controller.status(name("w1"))).code())
        .isEqualTo(FarmException.Code.NOT_CONNECTED);
    assertThat(farm.refusal(farm.controller.status(name("w2"))).code())
        .isEqualTo(FarmException.Code.NO_SUCH_WORKER);
  }

  @Test
  void aStatusHasATimeLimit() {
    FakeConnection worker = farm.join("w1", 1);
    worker.statusAnswer = new CompletableFuture<>();
    var status = farm.controller.status(name("w1"));
    farm.loop.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(farm.answered(status)).isFalse();
    farm.loop.advance(Duration.ofNanos(1));
    assertThat(farm.refusal(status)).hasMessageContaining("10 s");
  }

  @Test
  void uploadsGoThroughTheDepot() {
    StoredFile film = FakeDepot.file("film", 3);
    farm.answer(farm.controller.upload(ADA, FILM, film.size(), film.sha256()));
    assertThat(farm.depot.writes).containsExactly(ADA);
    assertThat(farm.answer(farm.controller.uploaded(ADA, FILM))).isEmpty();
    farm.depot.receive(film);
    assertThat(farm.answer(farm.controller.uploaded(ADA, FILM))).contains(film);
    farm.controller.release(ADA);
    farm.loop.run();
    assertThat(farm.depot.revoked).containsExactly(ADA);
  }

  @Test
  void onlyOutputsOfAFinishedJobCanBeDownloaded() {
    FakeConnection worker = farm.join("w1", 1);
    JobId id = farm.running(worker);
    assertThat(farm.refusal(farm.controller.download(ADA, id, FILM)))
        .hasMessageContaining("RUNNING");
    farm.answer(worker.only().finished(TestFarm.SUCCESS));
    assertThat(farm.refusal(farm.controller.download(ADA, id, FILM)).code())
        .isEqualTo(FarmException.Code.MISSING_FILE);
    assertThat(farm.refusal(farm.controller.download(ADA, new JobId(9), FILM)).code())
        .isEqualTo(FarmException.Code.NO_SUCH_JOB);
  }

  @Test
  void aWatcherThatThrowsIsDroppedAndOthersGoOn() {
    var calls = new ArrayList<FarmEvent>();
    farm.controller.watch(
        event -> {
          calls.add(event);
          throw new IllegalStateException("cannot watch");
        });
    JobId id = farm.submit();
    farm.submit();
    assertThat(calls).hasSize(1);
    assertThat(farm.states(id)).containsExactly(JobState.QUEUED);
    assertThat(farm.events(FarmEvent.JobChanged.class)).hasSize(2);
  }

  @Test
  void aClosedWatcherHearsNothingMore() throws Exception {
    var calls = new ArrayList<FarmEvent>();
    AutoCloseable watching = farm.controller.watch(calls::add);
    farm.submit();
    watching.close();
    farm.submit();
    assertThat(calls).hasSize(1);
  }

  @Test
  void workersAreToldOfOnceForEachTurn() {
    farm.join("w1", 4);
    farm.events.clear();
    for (int i = 0; i < 4; i++) {
      farm.controller.submit(TestFarm.spec().build());
    }
    farm.loop.run();
    var told = farm.events(FarmEvent.WorkerChanged.class);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).worker().waiting()).hasSize(4);
  }

  @Test
  void closingFailsWhatIsAskedAndClosesTheConnections() {
    FakeConnection worker = farm.join("w1", 1);
    JobId id = farm.running(worker);
    farm.store.hold();
    var submitted = farm.controller.submit(TestFarm.spec().build());
    var finished = worker.only().finished(TestFarm.SUCCESS);
    farm.loop.run();
    farm.controller.close();
    farm.controller.close();
    assertThat(farm.refusal(submitted)).hasMessageContaining("the controller is ending");
    assertThat(farm.refusal(finished).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(worker.closed).containsExactly("the controller is ending");
    assertThat(farm.refusal(farm.controller.job(id)).code())
        .isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.refusal(farm.controller.offer(worker)).code())
        .isEqualTo(FarmException.Code.UNAVAILABLE);
    int events = farm.events.size();
    worker.watcher().disconnected(true, "closed");
    farm.store.release();
    farm.loop.advance(Duration.ofHours(1));
    assertThat(farm.events).as("nothing happens in a farm that has ended").hasSize(events);
  }

  @Test
  void whatIsUnexpectedIsUnavailable() {
    FakeConnection worker = farm.join("w1", 1);
    worker.statusAnswer = CompletableFuture.failedStage(new ArithmeticException("a bug"));
    FarmException refusal = farm.refusal(farm.controller.status(name("w1")));
    assertThat(refusal.code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(refusal)
        .hasMessage("the farm could not answer: java.lang.ArithmeticException: a bug");
  }

  @Test
  void limitsMustBePositive() {
    assertThatThrownBy(() -> ControllerSettings.withLease(Duration.ZERO))
        .hasMessageContaining("lease PT0S");
    assertThatThrownBy(
            () ->
                new ControllerSettings(
                    TestFarm.LEASE,
                    0,
                    1,
                    1,
                    1,
                    1,
                    1,
                    TestFarm.LEASE,
                    TestFarm.LEASE,
                    TestFarm.LEASE))
        .hasMessageContaining("max unfinished jobs 0");
    assertThat(ControllerSettings.defaults().lease()).isEqualTo(Duration.ofSeconds(60));
    assertThat(ControllerSettings.defaults().maxLogBytesPerAttempt()).isEqualTo(64 << 20);
  }
}

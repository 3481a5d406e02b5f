// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.JobId;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobState;
import dev.spindle.farm.LogStream;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watchers of jobs: quick, slow, broken and gone. */
class WatchTest extends OperatorFixture {

  /** A watcher on the wire whose answers the test gives. */
  static final class SlowWatcher implements Referenceable {
    final List<Map<?, ?>> news = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Object>> answers = new CopyOnWriteArrayList<>();

    @Exposed
    CompletionStage<Object> changed(Map<?, ?> told) {
      var answer = new CompletableFuture<Object>();
      answers.add(answer);
      news.add(told);
      return answer;
    }

    Map<?, ?> last() {
      return news.get(news.size() - 1);
    }
  }

  private FakeWorker.Given running() throws InterruptedException {
    attachWorker();
    operator.submit(job().build());
    FakeWorker.Given given = worker.next();
    given.report().started().toCompletableFuture().join();
    return given;
  }

  private static JobId id(FakeWorker.Given given) {
    return given.assignment().id().job();
  }

  private static void progress(FakeWorker.Given given, double percent) {
    given
        .report()
        .progress(OptionalDouble.of(percent), "at " + percent)
        .toCompletableFuture()
        .join();
  }

  @Test
  void aWatcherHearsOfProgressLogAndEnd() throws Exception {
    FakeWorker.Given given = running();
    List<JobNews> news = new CopyOnWriteArrayList<>();
    operator.watch(id(given), news::add);
    progress(given, 25);
    await().until(() -> news.stream().anyMatch(n -> n.percent().equals(OptionalDouble.of(25))));
    given.report().log(LogStream.STDOUT, "x").toCompletableFuture().join();
    await().until(() -> news.stream().anyMatch(n -> n.logEnd() == 1));
    given.report().finished(new JobResult(0, Duration.ZERO)).toCompletableFuture().join();
    await().until(() -> news.stream().anyMatch(n -> n.state().equals(state(JobState.SUCCEEDED))));
    assertThat(news.get(0).text()).contains("at 25.0");
  }

  private static java.util.Optional<JobState> state(JobState state) {
    return java.util.Optional.of(state);
  }

  @Test
  void whatHappensMeanwhileIsToldTogether() throws Exception {
    FakeWorker.Given given = running();
    SlowWatcher slow = new SlowWatcher();
    perspective.call("watch", id(given).number(), slow).join();
    for (int i = 1; i <= 50; i++) {
      progress(given, i);
    }
    given.report().log(LogStream.STDOUT, "x").toCompletableFuture().join();
    operator.job(id(given));
    assertThat(slow.news).hasSize(1);
    slow.answers.get(0).complete(null);
    await().until(() -> slow.news.size() == 2);
    assertThat(slow.last().get("percent")).isEqualTo(50.0);
    assertThat(slow.last().get("log")).isEqualTo(1L);
    given.report().finished(new JobResult(3, Duration.ZERO)).toCompletableFuture().join();
    slow.answers.get(1).complete(null);
    await().until(() -> slow.news.size() == 3);
    assertThat(slow.last().get("state")).isEqualTo("failed");
    assertThat(slow.last().containsKey("percent")).isFalse();
    slow.answers.get(2).complete(null);
    operator.job(id(given));
    assertThat(slow.news).hasSize(3);
  }

  @Test
  void aWatcherThatFailsHearsNoMore() throws Exception {
    FakeWorker.Given given = running();
    SlowWatcher broken = new SlowWatcher();
    SlowWatcher witness = new SlowWatcher();
    perspective.call("watch", id(given).number(), broken).join();
    progress(given, 1);
    await().until(() -> broken.news.size() == 1);
    progress(given, 2);
    broken.answers.get(0).completeExceptionally(new IllegalStateException("broken"));
    perspective.call("job", id(given).number()).join(); // Answered behind the failure.
    perspective.call("watch", id(given).number(), witness).join();
    progress(given, 3);
    await().until(() -> witness.news.size() == 1);
    assertThat(broken.news).hasSize(1);
  }

  @Test
  void aWatcherThatBlocksBlocksOnlyItself() throws Exception {
    FakeWorker.Given given = running();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (OperatorClient stuck = connect()) {
      stuck.watch(
          id(given),
          news -> {
            entered.countDown();
            awaitQuietly(leave);
          });
      progress(given, 1);
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 2_000; i++) {
        given.report().progress(OptionalDouble.of(i % 100), "x");
      }
      progress(given, 5);
      assertThat(operator.job(id(given)).state()).isEqualTo(JobState.RUNNING);
      leave.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneLoginWatchesNoMoreThanItsLimit() throws Exception {
    FakeWorker.Given given = running();
    SlowWatcher watcher = new SlowWatcher();
    for (int i = 0; i < FarmWatches.MAX_WATCHES; i++) {
      perspective.call("watch", id(given).number(), watcher);
    }
    assertThatThrownBy(() -> perspective.call("watch", id(given).number(), watcher).join())
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class,
            e -> {
              assertThat(e.type()).isEqualTo("spindle.Busy");
              assertThat(e.text()).contains("at most 1000 jobs can be watched at once");
            });
    operator.watch(id(given), news -> {}); // Another login has its own.
  }

  @Test
  void aWatchOfNoJobTakesNoRoom() throws Exception {
    FakeWorker.Given given = running();
    SlowWatcher watcher = new SlowWatcher();
    List<CompletableFuture<?>> refused = new ArrayList<>();
    for (int i = 0; i < FarmWatches.MAX_WATCHES; i++) {
      refused.add(perspective.call("watch", 999, watcher));
    }
    for (CompletableFuture<?> each : refused) { // Until it is answered, each has its room.
      assertThatThrownBy(each::join).hasMessageContaining("there is no job 999");
    }
    perspective.call("watch", id(given).number(), watcher).join();
  }

  @Test
  void whatCannotBeAJobIsInvalid() {
    assertThatThrownBy(() -> perspective.call("watch", 0, new SlowWatcher()).join())
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class, e -> assertThat(e.type()).isEqualTo("spindle.Invalid"));
  }

  @Test
  void aWatchEndsWithItsJob() {
    SlowWatcher watcher = new SlowWatcher();
    for (int i = 0; i < 2; i++) {
      long job = operator.submit(job().build()).id().number();
      for (int n = 0; n < FarmWatches.MAX_WATCHES; n++) {
        perspective.call("watch", job, watcher);
      }
      perspective.call("job", job).join();
      perspective.call("cancel", job, "x").join();
      await().until(() -> watcher.news.stream().anyMatch(n -> "cancelled".equals(n.get("state"))));
    }
    JobId over =
        operator.jobs(java.util.Optional.empty(), java.util.Optional.empty(), 1).get(0).id();
    for (int n = 0; n <= FarmWatches.MAX_WATCHES; n++) {
      perspective.call("watch", over.number(), watcher).join();
    }
  }
}

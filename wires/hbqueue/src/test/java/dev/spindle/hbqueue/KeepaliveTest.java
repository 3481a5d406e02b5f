// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.FarmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signs of life, and what becomes of a worker that gives none. */
class KeepaliveTest extends ListenerFixture {
  @Override
  HbQueueTimes times() {
    return new HbQueueTimes(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(100));
  }

  @Test
  void everyAnswerIsASignOfLife() throws Exception {
    try (TestWorker worker = registered()) {
      await().until(() -> worker.client.count("print keepalive") >= 4);
      await().until(() -> farm.alive.get() >= 3);
      assertThat(farm.news).isEmpty();
    }
  }

  @Test
  void anErrorIsAnAnswerToo() throws Exception {
    try (TestWorker worker = registered()) {
      worker.client.broken = true;
      int alive = farm.alive.get();
      await().until(() -> farm.alive.get() >= alive + 3 || worker.gone.isDone());
      assertThat(worker.gone).isNotDone();
    }
  }

  @Test
  void aSilentWorkerIsClosedAndToldWhy() throws Exception {
    try (TestWorker worker = registered()) {
      worker.client.mute = true;
      worker.gone.join();
      await().until(() -> !farm.news.isEmpty());
      assertThat(farm.news).singleElement().asString().contains("no answer to a keepalive");
      assertThat(worker.client.calls()).anyMatch(call -> call.startsWith("closing no answer"));
    }
  }

  @Test
  void aStatusIsReadAndRefusedByKey() throws Exception {
    try (TestWorker worker = registered()) {
      assertThat(farm.last().status().toCompletableFuture().join().load()).isEqualTo(0.5);
      worker.client.status = Map.of("running", List.of(Map.of("id", "x")));
      assertThat(TestFailures.of(farm.last().status()))
          .hasMessageContaining("running job: 'id' must be int, not str");
    }
  }

  @Test
  void nothingIsAskedOfAWorkerThatIsGone() throws Exception {
    TestWorker worker = registered();
    worker.close();
    await().until(() -> !farm.news.isEmpty());
    long asked = worker.client.calls().size();
    assertThat(TestFailures.of(farm.last().print("x")).code())
        .isIn(FarmException.Code.UNAVAILABLE, FarmException.Code.NOT_CONNECTED);
    assertThat(worker.client.calls()).hasSize((int) asked);
  }
}

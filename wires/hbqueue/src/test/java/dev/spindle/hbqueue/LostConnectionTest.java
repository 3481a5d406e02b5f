// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobState;
import dev.spindle.farm.WorkerView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real worker and a real controller, and what happens to the wire between them. */
class LostConnectionTest extends WorkerFixture {
  private static final int LINES = 60;
  private static final Duration LEASE = Duration.ofSeconds(20);

  private RealController controller;
  private Proxy proxy;
  private Path data;

  @BeforeEach
  void start() throws Exception {
    data = Files.createDirectory(temp.resolve("data"));
    controller = new RealController(data, 0, LEASE);
    controller.register(SECRET);
    proxy = new Proxy(controller.port());
    startWorker(2);
  }

  private void connect(Duration silence) throws Exception {
    startAgent(proxy.port(), silence);
    agent.registered().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    controller.close();
  }

  /** Writes numbered lines until the file is there, and then the rest of {@link #LINES}. */
  private JobId counting(boolean exclusive) {
    String line =
        ("echo s >> DIR/starts; i=0; while [ $i -lt N ]; do i=$((i+1)); echo $i; "
                + "[ -e DIR/go ] || sleep 0.03; done; "
                + "while [ ! -e DIR/go ]; do sleep 0.02; done; echo done > out.txt")
            .replace("DIR", temp.toString())
            .replace("N", Integer.toString(LINES));
    return controller
        .submit(shell(line).outputs(List.of("out.txt")).exclusive(exclusive).build())
        .id();
  }

  private void awaitLines(JobId job, int lines) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> controller.stdout(job).lines().count() >= lines);
  }

  private void go() throws IOException {
    Files.createFile(temp.resolve("go"));
  }

  private Job awaitEnd(JobId job) {
    await().until(() -> controller.job(job).state().isFinal());
    return controller.job(job);
  }

  /** One start, one end, every line in its place; a piece of the log may be there twice. */
  private void assertWholeAndOnce(JobId id) throws IOException {
    Job job = awaitEnd(id);
    assertThat(job.state()).as(job.toString()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.attempts()).hasSize(1);
    assertThat(Files.readAllLines(temp.resolve("starts"))).hasSize(1);
    assertThat(job.end().orElseThrow().outputs())
        .singleElement()
        .satisfies(file -> assertThat(file.size()).isEqualTo(5));
    assertThat(controller.ends).hasSize(1);
    int highest = 0;
    for (String line : controller.stdout(id).lines().toList()) {
      int number = Integer.parseInt(line);
      assertThat(number).isLessThanOrEqualTo(highest + 1);
      highest = Math.max(highest, number);
    }
    assertThat(highest).isEqualTo(LINES);
    await().until(() -> worker.unacknowledged().isEmpty() && worker.running().isEmpty());
  }

  @Test
  void aJobRunsFromItsLogToItsOutputs() throws Exception {
    connect(LEASE);
    go();
    assertWholeAndOnce(counting(false));
    assertThat(controller.worker().running()).isEmpty();
  }

  @Test
  void aCutInMidJobIsNotNoticedInItsResult() throws Exception {
    connect(LEASE);
    JobId job = counting(false);
    for (int lines : new int[] {3, 10, 20}) {
      awaitLines(job, lines);
      proxy.cut();
    }
    awaitLines(job, 30);
    go();
    assertWholeAndOnce(job);
    assertThat(proxy.connections).hasValueGreaterThanOrEqualTo(4);
  }

  @Test
  void anExclusiveJobSurvivesACutWithinItsLease() throws Exception {
    connect(LEASE);
    JobId job = counting(true);
    awaitLines(job, 3);
    proxy.cut();
    awaitLines(job, 20);
    go();
    assertWholeAndOnce(job);
  }

  @Test
  void aCutWhileTheEndIsOnItsWayIsNotNoticedEither() throws Exception {
    connect(LEASE);
    JobId job = counting(false);
    awaitLines(job, LINES);
    go();
    for (int i = 0; i < 10 && !controller.job(job).state().isFinal(); i++) {
      proxy.cut();
      int before = proxy.connections.get();
      await().until(() -> proxy.connections.get() > before);
    }
    assertWholeAndOnce(job);
  }

  @Test
  void aWireThatStallsIsLeftForANewOne() throws Exception {
    connect(Duration.ofMillis(400));
    JobId job = counting(false);
    awaitLines(job, 3);
    proxy.stall();
    awaitLines(job, 20);
    go();
    assertWholeAndOnce(job);
    assertThat(proxy.connections).hasValueGreaterThanOrEqualTo(2);
    assertThat(agent.ended()).isNotDone();
  }

  @Test
  void aControllerThatIsStartedAgainFindsTheJobRunning() throws Exception {
    connect(LEASE);
    JobId job = counting(false);
    awaitLines(job, 5);
    int port = controller.port();
    controller.close();
    controller = new RealController(data, port, LEASE);
    awaitLines(job, 20);
    go();
    assertWholeAndOnce(job);
  }

  @Test
  void aJobThatEndedWhileTheControllerWasAwayIsToldOnItsReturn() throws Exception {
    connect(LEASE);
    JobId job = counting(false);
    awaitLines(job, 5);
    int port = controller.port();
    controller.close();
    go();
    controller = new RealController(data, port, LEASE);
    assertWholeAndOnce(job);
  }

  @Test
  void whatWasCancelledMeanwhileIsStoppedOnReturn() throws Exception {
    connect(LEASE);
    JobId job = counting(false);
    awaitLines(job, 3);
    proxy.cut();
    controller.farm().cancel(job, "no longer needed").toCompletableFuture().join();
    await().until(() -> worker.running().isEmpty() && worker.unacknowledged().isEmpty());
    assertThat(awaitEnd(job).state()).isEqualTo(JobState.CANCELLED);
    go();
    JobId next = controller.submit(shell("true").build()).id();
    assertThat(awaitEnd(next).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aGoodbyeIsNoLoss() throws Exception {
    connect(LEASE);
    await().until(() -> controller.worker().state() == WorkerView.State.CONNECTED);
    agent.close();
    agent.ended().get(10, TimeUnit.SECONDS);
    await().until(() -> controller.worker().state() == WorkerView.State.OFFLINE);
  }

  @Test
  void aNewSecretLeavesTheWorkerInAndTheNextComeBackFails() throws Exception {
    connect(LEASE);
    controller.register("changed");
    assertThat(agent.ended()).isNotDone();
    proxy.cut();
    await().until(() -> agent.ended().isCompletedExceptionally());
    assertThat(agent.ended())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(WorkerRefusedException.class)
        .withMessageContaining("spindle worker-add w1");
  }
}

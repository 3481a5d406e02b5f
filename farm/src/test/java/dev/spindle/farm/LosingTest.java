// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.SUCCESS;
import static dev.spindle.farm.TestFarm.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LosingTest {
  private static final Duration ALMOST = TestFarm.LEASE.minusMillis(1);
  private static final Duration INSTANT = Duration.ofMillis(1);

  private final TestFarm farm = new TestFarm();
  private final FakeConnection worker = farm.join("w1", 1);

  private void disconnect(boolean goodbye) {
    worker.watcher().disconnected(goodbye, "test");
    farm.loop.run();
  }

  @Test
  void waitingJobsOfALostWorkerGoElsewhereAtOnce() {
    JobId running = farm.running(worker);
    JobId waiting = farm.submit();
    disconnect(false);
    assertThat(farm.job(waiting).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.job(running).state()).isEqualTo(JobState.RUNNING);
    assertThat(farm.worker("w1").state()).isEqualTo(WorkerView.State.LOST);
  }

  @Test
  void runningJobsOfALostWorkerKeepTheirLease() {
    JobId id = farm.running(worker);
    disconnect(false);
    farm.loop.advance(ALMOST);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.loop.advance(INSTANT);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.store.onDisk(id).attempts().get(0).outcome().orElseThrow())
        .startsWith("lost: w1 gave no sign of life for 60 s");
    assertThat(farm.depot.revoked).containsExactly(GrantHolder.of(new AttemptId(id, 1)));
    assertThat(farm.worker("w1").state()).isEqualTo(WorkerView.State.OFFLINE);
  }

  @Test
  void theLastSignOfLifeBeginsTheLease() {
    JobId id = farm.running(worker);
    farm.loop.advance(Duration.ofSeconds(30));
    worker.watcher().alive();
    farm.loop.advance(Duration.ofSeconds(10));
    disconnect(false);
    farm.loop.advance(Duration.ofSeconds(50).minusMillis(1));
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.loop.advance(INSTANT);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aReportIsASignOfLife() {
    JobId id = farm.running(worker);
    JobReport report = worker.only();
    disconnect(false);
    farm.loop.advance(ALMOST);
    assertThat(farm.answer(report.progress(OptionalDouble.empty(), "still here"))).isTrue();
    farm.loop.advance(ALMOST);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aGoodbyeGivesItsJobsAwayAtOnce() {
    JobId id = farm.running(worker);
    disconnect(true);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.job(id).attempts().get(0).outcome()).contains("lost: w1 left");
  }

  @Test
  void aLateReportIsRefusedAfterTheLease() {
    JobId id = farm.running(worker);
    JobReport late = worker.only();
    disconnect(false);
    farm.loop.advance(TestFarm.LEASE);
    assertThat(farm.answer(late.log(LogStream.STDOUT, "x"))).isFalse();
    assertThat(farm.answer(late.finished(SUCCESS))).isFalse();
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aConnectedButSilentWorkerIsClosedAndLost() {
    JobId id = farm.running(worker);
    farm.loop.advance(ALMOST);
    assertThat(worker.closed).isEmpty();
    farm.loop.advance(INSTANT);
    assertThat(worker.closed).containsExactly("no sign of life for 60 s");
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.worker("w1").state()).isEqualTo(WorkerView.State.OFFLINE);
  }

  @Test
  void anIdleSilentWorkerIsClosedToo() {
    farm.loop.advance(TestFarm.LEASE);
    assertThat(worker.closed).hasSize(1);
    assertThat(farm.loop.timers()).as("no lease runs for one who is gone").isZero();
  }

  @Test
  void anExclusiveJobIsQueuedAgainUnderTheSameRules() {
    JobId id = farm.running(worker, TestFarm.spec().exclusive(true).build());
    disconnect(false);
    farm.loop.advance(ALMOST);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.loop.advance(INSTANT);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aJobThatKeepsLosingItsWorkersFails() {
    JobId id = farm.running(worker, TestFarm.spec().maxAttempts(2).build());
    disconnect(true);
    FakeConnection back = farm.join(info("w1", 1));
    farm.answer(back.only().started());
    back.watcher().disconnected(true, "test");
    farm.loop.run();
    assertThat(farm.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(farm.job(id).end().orElseThrow().reason())
        .isEqualTo("given up after 2 attempts: 1 on w1: lost: w1 left; 2 on w1: lost: w1 left");
  }

  @Test
  void aLossIsTriedAgainWhileTheStoreFails() {
    JobId id = farm.running(worker);
    farm.store.failing(true);
    disconnect(true);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.loop.advance(Duration.ofSeconds(10));
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.store.failing(false);
    farm.loop.advance(Duration.ofSeconds(5));
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aWorkerThatComesBackWhileTheStoreFailsKeepsItsAttempt() {
    JobId id = farm.running(worker);
    farm.store.failing(true);
    disconnect(false);
    farm.loop.advance(TestFarm.LEASE);
    FakeConnection back = farm.join(info("w1", 1, List.of(new AttemptId(id, 1))));
    farm.store.failing(false);
    farm.loop.advance(Duration.ofSeconds(30));
    assertThat(farm.job(id).attempt()).isEqualTo(1);
    assertThat(farm.answer(back.only().finished(SUCCESS))).isTrue();
  }

  @Test
  void aStartUnderWayAtTheDisconnectIsARunningJobIfItGotToTheDisk() {
    JobId id = farm.submit();
    farm.store.hold();
    var started = worker.only().started();
    farm.loop.run();
    disconnect(false);
    farm.store.release();
    assertThat(farm.answer(started)).isTrue();
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.loop.advance(TestFarm.LEASE);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aStartUnderWayAtTheDisconnectIsUndoneIfItDidNot() {
    JobId id = farm.submit();
    farm.store.hold();
    var started = worker.only().started();
    farm.loop.run();
    disconnect(false);
    farm.store.failNext();
    assertThat(farm.refusal(started).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void anEndUnderWayWhenTheLeaseRunsOutCounts() {
    JobId id = farm.running(worker);
    farm.store.hold();
    var finished = worker.only().finished(SUCCESS);
    disconnect(false);
    farm.loop.advance(TestFarm.LEASE);
    farm.store.release();
    assertThat(farm.answer(finished)).isTrue();
    assertThat(farm.job(id).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void afterARestartARunningJobsLeaseStartsAfresh() {
    JobId id = farm.running(worker);
    farm.loop.advance(ALMOST);
    farm.restart(0);
    farm.loop.advance(ALMOST);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.loop.advance(INSTANT);
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void afterARestartAWorkerContinuesItsJob() {
    JobId id = farm.running(worker);
    JobId waiting = farm.submit();
    farm.restart(0);
    assertThat(farm.job(waiting).state()).isEqualTo(JobState.QUEUED);
    FakeConnection back = farm.join(info("w1", 1, List.of(new AttemptId(id, 1))));
    assertThat(back.attempts()).contains(new AttemptId(id, 1));
    assertThat(farm.answer(back.report(new AttemptId(id, 1)).finished(SUCCESS))).isTrue();
    assertThat(farm.submit()).as("ids go on").isEqualTo(new JobId(3));
  }

  @Test
  void anEndThatGotToTheDiskBeforeTheCrashIsAcknowledgedAfterwards() {
    JobId id = farm.running(worker);
    farm.store.hold();
    worker.only().finished(SUCCESS);
    farm.loop.run();
    farm.restart(1);
    assertThat(farm.job(id).state()).isEqualTo(JobState.SUCCEEDED);
    FakeConnection back = farm.join(info("w1", 1, List.of(new AttemptId(id, 1))));
    assertThat(back.interrupted).as("nothing is left to do").containsOnlyKeys(new AttemptId(id, 1));
  }

  @Test
  void aStoreThatContradictsItselfIsRefused() {
    Job running =
        JobSteps.assigned(
            Job.submitted(new JobId(1), TestFarm.spec().build(), farm.loop.now()),
            1,
            TestFarm.name("w1"));
    Job started = JobSteps.started(running, farm.loop.now());
    farm.store
        .disk()
        .jobs
        .put(
            started.id(),
            new Job(
                started.id(),
                started.spec(),
                JobState.RUNNING,
                1,
                Optional.empty(),
                started.submittedAt(),
                started.attempts(),
                Optional.empty()));
    assertThatThrownBy(() -> farm.restart(0)).hasMessageContaining("job 1");
  }
}

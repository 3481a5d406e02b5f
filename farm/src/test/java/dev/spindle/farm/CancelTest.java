// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancelTest {
  private final TestFarm farm = new TestFarm();
  private final FakeConnection worker = farm.join(unqueued());

  private WorkerInfo unqueued() {
    farm.register("w1");
    return TestFarm.tagged(TestFarm.info("w1", 1), Set.of(), false);
  }

  private Job cancel(JobId id) {
    return farm.answer(farm.controller.cancel(id, "not needed"));
  }

  @Test
  void aWaitingJobIsCancelledForGood() {
    farm.running(worker);
    JobId id = farm.submit();
    assertThat(cancel(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(farm.store.onDisk(id).end().orElseThrow().reason()).isEqualTo("not needed");
    assertThat(farm.job(id).attempts()).isEmpty();
  }

  @Test
  void anAssignedJobIsWithdrawn() {
    JobId id = farm.submit();
    JobReport report = worker.only();
    cancel(id);
    assertThat(worker.withdrawn).containsExactly(new AttemptId(id, 1));
    assertThat(farm.answer(report.started())).isFalse();
    assertThat(farm.depot.revoked).containsExactly(GrantHolder.of(new AttemptId(id, 1)));
  }

  @Test
  void aRunningJobIsInterruptedAfterTheCommit() {
    JobId id = farm.running(worker);
    farm.store.hold();
    var cancelled = farm.controller.cancel(id, "not needed");
    assertThat(farm.answered(cancelled)).isFalse();
    assertThat(worker.interrupted).isEmpty();
    farm.store.release();
    assertThat(farm.answer(cancelled).state()).isEqualTo(JobState.CANCELLED);
    assertThat(worker.interrupted).containsEntry(new AttemptId(id, 1), "cancelled: not needed");
    assertThat(farm.depot.revoked).containsExactly(GrantHolder.of(new AttemptId(id, 1)));
    assertThat(farm.job(id).attempts().get(0).outcome()).contains("cancelled: not needed");
  }

  @Test
  void theSlotStaysTakenUntilTheWorkerReportsTheEnd() {
    JobId id = farm.running(worker);
    JobReport report = worker.only();
    JobId next = farm.submit();
    cancel(id);
    assertThat(farm.job(next).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.worker("w1").running()).containsExactly(new AttemptId(id, 1));
    assertThat(farm.answer(report.progress(OptionalDouble.empty(), "dying"))).isFalse();
    assertThat(farm.job(next).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.answer(report.failed("killed", false))).isFalse();
    assertThat(farm.job(next).state()).isEqualTo(JobState.ASSIGNED);
    assertThat(farm.worker("w1").running()).isEmpty();
  }

  @Test
  void theSlotIsFreeOnceAStatusNoLongerNamesTheAttempt() {
    JobId id = farm.running(worker);
    JobId next = farm.submit();
    cancel(id);
    var running =
        new WorkerStatus.Running(new AttemptId(id, 1), OptionalDouble.empty(), Duration.ZERO);
    worker.statusAnswer =
        CompletableFuture.completedStage(new WorkerStatus(List.of(running), 0, 0));
    farm.answer(farm.controller.status(TestFarm.name("w1")));
    assertThat(farm.job(next).state()).isEqualTo(JobState.QUEUED);
    worker.statusAnswer = CompletableFuture.completedStage(new WorkerStatus(List.of(), 0, 0));
    farm.answer(farm.controller.status(TestFarm.name("w1")));
    assertThat(farm.job(next).state()).isEqualTo(JobState.ASSIGNED);
  }

  @Test
  void theSlotIsFreeOnceARegistrationNoLongerNamesTheAttempt() {
    JobId id = farm.running(worker);
    JobId next = farm.submit();
    cancel(id);
    FakeConnection back = farm.join(worker.info());
    assertThat(farm.job(next).state()).isEqualTo(JobState.ASSIGNED);
    assertThat(back.attempts()).containsExactly(new AttemptId(next, 1));
  }

  @Test
  void theSlotIsFreeOnceTheLeaseRanOut() {
    JobId id = farm.running(worker);
    JobId next = farm.submit();
    cancel(id);
    farm.loop.advance(Duration.ofSeconds(59));
    worker.watcher().alive();
    assertThat(farm.job(next).state()).isEqualTo(JobState.QUEUED);
    farm.loop.advance(Duration.ofSeconds(1));
    assertThat(farm.job(next).state()).isEqualTo(JobState.ASSIGNED);
  }

  @Test
  void theSlotIsFreeWhenTheWorkerDoesNotRunTheAttempt() {
    JobId id = farm.running(worker);
    JobId next = farm.submit();
    worker.interruptAnswer = CompletableFuture.completedStage(false);
    cancel(id);
    assertThat(farm.job(next).state()).isEqualTo(JobState.ASSIGNED);
  }

  @Test
  void anEndedJobIsAnsweredAsItIs() {
    JobId id = farm.running(worker);
    farm.answer(worker.only().finished(SUCCESS));
    assertThat(cancel(id).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(farm.answer(worker.only().finished(SUCCESS))).isTrue();
  }

  @Test
  void anEndUnderWayWinsOverALaterCancel() {
    JobId id = farm.running(worker);
    farm.store.hold();
    var finished = worker.only().finished(SUCCESS);
    var cancelled = farm.controller.cancel(id, "too late");
    farm.loop.run();
    farm.store.release();
    assertThat(farm.answer(finished)).isTrue();
    assertThat(farm.answer(cancelled).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(worker.interrupted).isEmpty();
  }

  @Test
  void aCancelUnderWayWinsOverALaterEnd() {
    JobId id = farm.running(worker);
    farm.store.hold();
    var cancelled = farm.controller.cancel(id, "now");
    var finished = worker.only().finished(SUCCESS);
    farm.loop.run();
    farm.store.release();
    assertThat(farm.answer(cancelled).state()).isEqualTo(JobState.CANCELLED);
    assertThat(farm.answer(finished)).isFalse();
  }

  @Test
  void aCancelWhoseCommitFailsChangesNothing() {
    JobId id = farm.running(worker);
    farm.store.failing(true);
    assertThat(farm.refusal(farm.controller.cancel(id, "x")).code())
        .isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(worker.interrupted).isEmpty();
    farm.store.failing(false);
    assertThat(farm.answer(worker.only().finished(SUCCESS))).isTrue();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.SUCCESS;
import static dev.spindle.farm.TestFarm.attemptAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final FileName OUT = new FileName("out.mkv");
  private static final JobResult FAILURE = new JobResult(3, Duration.ofSeconds(1));

  private final TestFarm farm = new TestFarm();
  private final FakeConnection worker = farm.join("w1", 1);

  private boolean finish(AttemptId attempt, JobResult result) {
    return farm.answer(worker.report(attempt).finished(result));
  }

  @Test
  void aStartIsAnsweredOnlyOnceItIsOnDisk() {
    JobId id = farm.submit();
    farm.store.hold();
    var started = worker.only().started();
    assertThat(farm.answered(started)).isFalse();
    assertThat(farm.job(id).state()).isEqualTo(JobState.ASSIGNED);
    farm.store.release();
    assertThat(farm.answer(started)).isTrue();
    Job disk = farm.store.onDisk(id);
    assertThat(disk.state()).isEqualTo(JobState.RUNNING);
    assertThat(disk.attempt()).isEqualTo(1);
    assertThat(disk.attempts()).extracting(Attempt::worker).containsExactly(TestFarm.name("w1"));
  }

  @Test
  void anAssignmentIsNotOnDisk() {
    JobId id = farm.submit();
    assertThat(farm.job(id).state()).isEqualTo(JobState.ASSIGNED);
    assertThat(farm.store.onDisk(id).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aStartSaidTwiceIsAnsweredTwice() {
    farm.submit();
    assertThat(farm.answer(worker.only().started())).isTrue();
    int commits = farm.store.commits;
    assertThat(farm.answer(worker.only().started())).isTrue();
    assertThat(farm.store.commits).isEqualTo(commits);
  }

  @Test
  void aStartWhoseCommitFailsChangesNothing() {
    JobId id = farm.submit();
    farm.store.failing(true);
    assertThat(farm.refusal(worker.only().started()).code())
        .isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.job(id).state()).isEqualTo(JobState.ASSIGNED);
    farm.store.failing(false);
    assertThat(farm.answer(worker.only().started())).isTrue();
  }

  @Test
  void exitStatusZeroSucceeds() {
    JobId id = farm.running(worker);
    assertThat(finish(attemptAt(worker, id), SUCCESS)).isTrue();
    Job job = farm.job(id);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.end().orElseThrow().result()).contains(SUCCESS);
    assertThat(job.worker()).isEmpty();
    assertThat(job.attempts().get(0).outcome()).contains("exit status 0");
    assertThat(farm.states(id))
        .containsExactly(JobState.QUEUED, JobState.ASSIGNED, JobState.RUNNING, JobState.SUCCEEDED);
    assertThat(farm.worker("w1").running()).isEmpty();
  }

  @Test
  void anEndIsAnsweredOnlyOnceItIsOnDisk() {
    JobId id = farm.running(worker);
    farm.store.hold();
    var finished = worker.only().finished(SUCCESS);
    assertThat(farm.answered(finished)).isFalse();
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    assertThat(farm.depot.revoked).isEmpty();
    farm.store.release();
    assertThat(farm.answer(finished)).isTrue();
  }

  @Test
  void anEndRevokesTheGrantsOfTheAttempt() {
    JobId id = farm.running(worker);
    finish(attemptAt(worker, id), SUCCESS);
    assertThat(farm.depot.revoked).containsExactly(GrantHolder.of(new AttemptId(id, 1)));
  }

  @Test
  void anotherExitStatusFailsWithoutRetry() {
    JobId id = farm.running(worker);
    assertThat(finish(attemptAt(worker, id), FAILURE)).isTrue();
    JobEnd end = farm.job(id).end().orElseThrow();
    assertThat(farm.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(end.reason()).isEqualTo("exit status 3");
    assertThat(end.result()).contains(FAILURE);
  }

  @Test
  void aFailureWithRetryQueuesTheJobAgainUnderANewNumber() {
    JobId id = farm.running(worker);
    JobReport old = worker.only();
    assertThat(farm.answer(old.failed("no disk", true))).isTrue();
    assertThat(farm.job(id).state()).isEqualTo(JobState.ASSIGNED);
    assertThat(worker.attempts()).contains(new AttemptId(id, 2));
    assertThat(farm.answer(old.progress(OptionalDouble.empty(), ""))).isFalse();
    assertThat(farm.store.onDisk(id).attempts().get(0).outcome()).contains("failed: no disk");
  }

  @Test
  void aFailureWithoutRetryFailsTheJob() {
    JobId id = farm.running(worker);
    farm.answer(worker.only().failed("no such program", false));
    assertThat(farm.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(farm.job(id).end().orElseThrow().reason()).isEqualTo("no such program");
  }

  @Test
  void spentAttemptsFailTheJobAndKeepAllReasons() {
    JobId id = farm.running(worker, TestFarm.spec().maxAttempts(2).build());
    farm.answer(worker.report(new AttemptId(id, 1)).failed("first", true));
    farm.answer(worker.report(new AttemptId(id, 2)).failed("second", true));
    Job job = farm.job(id);
    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.attempts()).hasSize(2);
    assertThat(job.end().orElseThrow().reason())
        .isEqualTo("given up after 2 attempts: 1 on w1: failed: first; 2 on w1: failed: second");
  }

  @Test
  void anAttemptThatFailsBeforeItsStartCountsAsStarted() {
    JobId id = farm.submit(TestFarm.spec().maxAttempts(1).build());
    assertThat(farm.answer(worker.only().failed("input broken", true))).isTrue();
    assertThat(farm.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(farm.states(id))
        .containsExactly(JobState.QUEUED, JobState.ASSIGNED, JobState.RUNNING, JobState.FAILED);
  }

  @Test
  void anEndSaidTwiceIsAnsweredTwiceAndDoneOnce() {
    JobId id = farm.running(worker);
    JobReport report = worker.only();
    farm.store.hold();
    var first = report.finished(SUCCESS);
    var second = report.finished(SUCCESS);
    farm.loop.run();
    farm.store.release();
    assertThat(farm.answer(first)).isTrue();
    assertThat(farm.answer(second)).isTrue();
    assertThat(farm.answer(report.finished(SUCCESS))).isTrue();
    assertThat(farm.store.disk().history).filteredOn(j -> j.state().isFinal()).hasSize(1);
    assertThat(farm.answer(report.finished(FAILURE))).as("another end").isFalse();
    assertThat(farm.answer(report.failed("exit status 0", true))).as("another way").isFalse();
    assertThat(farm.job(id).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aFailureSaidTwiceIsAnsweredTwice() {
    farm.running(worker);
    JobReport report = worker.only();
    assertThat(farm.answer(report.failed("no disk", true))).isTrue();
    assertThat(farm.answer(report.failed("no disk", true))).isTrue();
    assertThat(farm.answer(report.failed("something else", true))).isFalse();
    assertThat(farm.answer(report.finished(SUCCESS))).isFalse();
  }

  @Test
  void aFailureCountsAgainstItsWorkerOnlyOnceItIsOnDisk() {
    farm.running(worker);
    FakeConnection other = farm.join("w2", 1);
    farm.store.failing(true);
    farm.refusal(worker.only().failed("no disk", true));
    farm.store.failing(false);
    farm.answer(worker.only().finished(SUCCESS));
    JobId next = farm.submit();
    assertThat(farm.job(next).worker()).contains(TestFarm.name("w1"));
    farm.answer(worker.report(attemptAt(worker, next)).failed("no disk", true));
    assertThat(other.attempts()).containsExactly(new AttemptId(next, 2));
  }

  @Test
  void anEndWhoseCommitFailsMayBeSaidAgain() {
    JobId id = farm.running(worker);
    farm.store.failing(true);
    assertThat(farm.refusal(worker.only().finished(SUCCESS)).code())
        .isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
    farm.store.failing(false);
    assertThat(farm.answer(worker.only().finished(SUCCESS))).isTrue();
  }

  @Test
  void aSecondEndJudgesWhatBecameOfTheFirst() {
    JobId id = farm.running(worker);
    farm.store.hold();
    var first = worker.only().finished(SUCCESS);
    var second = worker.only().failed("changed its mind", false);
    farm.loop.run();
    farm.store.failNext();
    farm.loop.run();
    farm.store.release();
    assertThat(farm.refusal(first).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.answer(second)).isTrue();
    assertThat(farm.job(id).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aReportOfAnOldAttemptIsRefused() {
    JobId id = farm.submit();
    JobReport old = worker.only();
    worker.watcher().disconnected(false, "cut");
    FakeConnection again = farm.join(TestFarm.info("w1", 1));
    assertThat(again.attempts()).containsExactly(new AttemptId(id, 2));
    assertThat(farm.answer(old.started())).isFalse();
    assertThat(farm.answer(old.log(LogStream.STDOUT, "x"))).isFalse();
    assertThat(farm.answer(old.progress(OptionalDouble.of(1), "x"))).isFalse();
    assertThat(farm.answer(old.delivered(OUT))).isFalse();
    assertThat(farm.answer(old.finished(SUCCESS))).isFalse();
    assertThat(farm.answer(old.failed("x", true))).isFalse();
    assertThat(farm.answer(old.refuse("x"))).isFalse();
    assertThat(farm.refusal(old.fetch(OUT)).code()).isEqualTo(FarmException.Code.STALE);
    assertThat(farm.refusal(old.offer(OUT, 1, FakeDepot.sha(1))).code())
        .isEqualTo(FarmException.Code.STALE);
    assertThat(farm.answer(again.only().started())).isTrue();
  }

  @Test
  void aRefusedJobGoesElsewhereForAWhile() {
    JobId id = farm.submit();
    JobReport refused = worker.only();
    assertThat(farm.answer(refused.refuse("no space"))).isTrue();
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.answer(refused.started())).isFalse();
    farm.loop.advance(Duration.ofSeconds(29));
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
    farm.loop.advance(Duration.ofSeconds(1));
    assertThat(farm.job(id).attempt()).isEqualTo(2);
    farm.answer(worker.report(new AttemptId(id, 2)).refuse("still no space"));
    FakeConnection other = farm.join("w2", 1);
    assertThat(other.attempts()).containsExactly(new AttemptId(id, 3));
  }

  @Test
  void aStartedJobCannotBeGivenBack() {
    farm.running(worker);
    assertThat(farm.refusal(worker.only().refuse("no")).code())
        .isEqualTo(FarmException.Code.INVALID);
  }

  @Test
  void onlyTheJobsInputsCanBeFetched() {
    farm.depot.contents.add(FakeDepot.sha(4));
    farm.submit(TestFarm.spec().inputs(List.of(FakeDepot.file("in/film", 4))).build());
    assertThat(farm.answer(worker.only().fetch(new FileName("in/film"))).file())
        .isEqualTo(FakeDepot.file("in/film", 4));
    assertThat(farm.refusal(worker.only().fetch(new FileName("other"))).code())
        .isEqualTo(FarmException.Code.MISSING_FILE);
  }

  @Test
  void progressIsToldAndChecked() {
    farm.running(worker);
    String text = "x".repeat(AttemptReport.MAX_PROGRESS_LENGTH + 1);
    assertThat(farm.answer(worker.only().progress(OptionalDouble.of(50), text))).isTrue();
    var told = farm.events(FarmEvent.JobProgressed.class).get(0);
    assertThat(told.percent()).hasValue(50);
    assertThat(told.text()).hasSize(AttemptReport.MAX_PROGRESS_LENGTH + 1).endsWith("…");
    for (double wrong : new double[] {-0.1, 100.1, Double.NaN}) {
      assertThat(farm.refusal(worker.only().progress(OptionalDouble.of(wrong), "")).code())
          .isEqualTo(FarmException.Code.INVALID);
    }
  }

  @Test
  void longReasonsAreCut() {
    JobId id = farm.running(worker);
    farm.answer(worker.only().failed("y".repeat(Outcomes.MAX_REASON_LENGTH + 500), false));
    assertThat(farm.job(id).end().orElseThrow().reason())
        .hasSizeLessThan(Outcomes.MAX_REASON_LENGTH + 20);
  }

  @Test
  void moreWaitingCallsThanTheLimitAreRefused() {
    var narrow = new TestFarm(TestFarm.narrow());
    FakeConnection one = narrow.join("w1", 1);
    narrow.submit();
    narrow.store.hold();
    var calls = List.of(one.only().started(), one.only().started(), one.only().started());
    assertThat(narrow.refusal(one.only().started()).code()).isEqualTo(FarmException.Code.BUSY);
    assertThat(narrow.refusal(one.only().refuse("no")).code()).isEqualTo(FarmException.Code.BUSY);
    narrow.store.release();
    calls.forEach(call -> assertThat(narrow.answer(call)).isTrue());
  }
}

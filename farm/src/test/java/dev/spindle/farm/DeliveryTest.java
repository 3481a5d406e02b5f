// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an attempt leaves: from its offer until it is the job's. */
class DeliveryTest {
  private static final JobResult FAILURE = new JobResult(3, Duration.ofSeconds(1));
  private static final StoredFile A = FakeDepot.file("a", 5);
  private static final StoredFile OTHER_A = FakeDepot.file("a", 6);
  private static final StoredFile B = FakeDepot.file("b", 7);

  private final TestFarm farm = new TestFarm();
  private final FakeConnection worker = farm.join("w1", 1);
  private final JobId id = farm.running(worker, asking(5));
  private final AttemptId first = new AttemptId(id, 1);
  private final JobReport report = worker.only();

  private static JobSpec asking(int maxAttempts) {
    return TestFarm.spec().outputs(List.of("*")).maxAttempts(maxAttempts).build();
  }

  private void offer(JobReport to, StoredFile file) {
    farm.answer(to.offer(file.name(), file.size(), file.sha256()));
  }

  private boolean deliver(JobReport to, StoredFile file) {
    offer(to, file);
    farm.depot.receive(file);
    return farm.answer(to.delivered(file.name()));
  }

  /** Kills the controller; the worker comes back to the next with its attempt. */
  private JobReport restart(int made) {
    farm.restart(made);
    return farm.join(TestFarm.info("w1", 1, List.of(first))).only();
  }

  private List<StoredFile> onDisk() {
    return farm.store.onDisk(id).attempts().get(0).outputs();
  }

  private List<StoredFile> outputs() {
    return farm.job(id).end().orElseThrow().outputs();
  }

  @Test
  void deliveredOutputsAreTheJobsOutputs() {
    Grant grant = farm.answer(report.offer(A.name(), A.size(), A.sha256()));
    assertThat(grant.file()).isEqualTo(A);
    assertThat(farm.answer(report.delivered(A.name()))).isFalse();
    farm.depot.receive(A);
    assertThat(farm.answer(report.delivered(A.name()))).isTrue();
    assertThat(farm.answer(report.finished(SUCCESS))).isTrue();
    assertThat(outputs()).containsExactly(A);
    var user = new GrantHolder("ada");
    assertThat(farm.answer(farm.controller.download(user, id, A.name())).file()).isEqualTo(A);
  }

  @Test
  void aDeliveryIsAnsweredOnlyOnceItIsOnDisk() {
    offer(report, A);
    farm.depot.receive(A);
    farm.store.hold();
    var delivered = report.delivered(A.name());
    assertThat(farm.answered(delivered)).isFalse();
    assertThat(farm.job(id).attempts().get(0).outputs()).isEmpty();
    farm.store.release();
    assertThat(farm.answer(delivered)).isTrue();
    assertThat(onDisk()).containsExactly(A);
    assertThat(farm.job(id)).isEqualTo(farm.store.onDisk(id));
  }

  @Test
  void aDeliveryWhoseCommitFailsChangesNothing() {
    offer(report, A);
    farm.depot.receive(A);
    farm.store.failing(true);
    assertThat(farm.refusal(report.delivered(A.name())).code())
        .isEqualTo(FarmException.Code.UNAVAILABLE);
    farm.store.failing(false);
    assertThat(farm.job(id).attempts().get(0).outputs()).isEmpty();
    assertThat(farm.answer(report.delivered(A.name()))).isTrue();
  }

  @Test
  void aDeliverySaidTwiceIsAnsweredTwiceAndWrittenOnce() {
    deliver(report, A);
    int commits = farm.store.commits;
    assertThat(farm.answer(report.delivered(A.name()))).isTrue();
    assertThat(farm.store.commits).isEqualTo(commits);
  }

  @Test
  void aDeliveryIsNoChangeOfTheJobsState() {
    deliver(report, A);
    assertThat(farm.states(id))
        .containsExactly(JobState.QUEUED, JobState.ASSIGNED, JobState.RUNNING);
  }

  @Test
  void aDeliveryBeforeTheStartIsAStart() {
    var fresh = new TestFarm();
    FakeConnection one = fresh.join("w1", 1);
    JobId waiting = fresh.submit();
    fresh.answer(one.only().offer(A.name(), A.size(), A.sha256()));
    fresh.depot.receive(A);
    assertThat(fresh.answer(one.only().delivered(A.name()))).isTrue();
    assertThat(fresh.store.onDisk(waiting).state()).isEqualTo(JobState.RUNNING);
    assertThat(fresh.store.onDisk(waiting).attempts().get(0).outputs()).containsExactly(A);
  }

  @Test
  void whatWasDeliveredBeforeACrashIsInTheFinishedJob() {
    deliver(report, A);
    JobReport back = restart(0);
    deliver(back, B);
    assertThat(farm.answer(back.finished(SUCCESS))).isTrue();
    assertThat(outputs()).containsExactly(A, B);
  }

  @Test
  void aDeliveryWhoseAnswerWasLostInACrashIsAnsweredByTheNextController() {
    offer(report, A);
    farm.depot.receive(A);
    farm.store.hold();
    report.delivered(A.name());
    farm.loop.run();
    JobReport back = restart(1);
    assertThat(farm.answer(back.delivered(A.name()))).isTrue();
    assertThat(farm.answer(back.finished(SUCCESS))).isTrue();
    assertThat(outputs()).containsExactly(A);
  }

  @Test
  void anOutputThatWasOnlyOfferedBeforeACrashMustBeOfferedAgain() {
    offer(report, A);
    farm.depot.receive(A);
    JobReport back = restart(0);
    assertThat(farm.refusal(back.delivered(A.name())).code())
        .isEqualTo(FarmException.Code.MISSING_FILE);
    offer(back, A);
    assertThat(farm.answer(back.delivered(A.name()))).isTrue();
  }

  @Test
  void theLastContentOfANameReplacesThoseBefore() {
    deliver(report, A);
    deliver(report, B);
    offer(report, OTHER_A);
    assertThat(farm.answer(report.delivered(A.name()))).as("not yet whole").isFalse();
    assertThat(onDisk()).containsExactly(A, B);
    farm.depot.receive(OTHER_A);
    assertThat(farm.answer(report.delivered(A.name()))).isTrue();
    assertThat(farm.answer(report.finished(SUCCESS))).isTrue();
    assertThat(outputs()).containsExactly(B, OTHER_A);
  }

  @Test
  void contentThatIsToReplaceADeliveredOneMustArrive() {
    deliver(report, A);
    JobReport back = restart(0);
    offer(back, OTHER_A);
    assertThat(farm.answer(back.delivered(A.name()))).isFalse();
    assertThat(farm.answer(back.finished(SUCCESS))).isTrue();
    assertThat(farm.store.onDisk(id).attempts().get(0).outcome())
        .contains("exit status 0, but 'a' was not delivered");
  }

  @Test
  void anOldDeliveryDoesNotComeBehindANewOffer() {
    deliver(report, A);
    farm.store.hold();
    offer(report, B);
    farm.depot.receive(B);
    var first = report.delivered(B.name());
    farm.loop.run(); // is being written: what follows waits for its turn
    var old = report.delivered(A.name());
    farm.loop.run();
    offer(report, OTHER_A);
    farm.store.release();
    assertThat(farm.answer(first)).isTrue();
    assertThat(farm.answer(old)).isFalse();
  }

  @Test
  void aFailedCommandKeepsTheOutputsThatWereDelivered() {
    deliver(report, A);
    offer(report, B);
    farm.depot.receive(B); // in, but the worker has not asked
    offer(report, FakeDepot.file("never", 1));
    farm.answer(report.finished(FAILURE));
    assertThat(outputs()).containsExactly(A, B);
  }

  @Test
  void aFailedCommandKeepsTheOutputsThatWereDeliveredBeforeACrash() {
    deliver(report, A);
    farm.answer(restart(0).finished(FAILURE));
    assertThat(outputs()).containsExactly(A);
  }

  @Test
  void aCancelledJobKeepsTheOutputsThatWereDelivered() {
    deliver(report, A);
    farm.restart(0);
    farm.answer(farm.controller.cancel(id, "enough"));
    assertThat(outputs()).containsExactly(A);
  }

  @Test
  void anAttemptThatCouldNotBeCarriedOutLeavesWhatItDelivered() {
    deliver(report, A);
    farm.answer(report.failed("no such program", false));
    assertThat(outputs()).containsExactly(A);
    assertThat(onDisk()).as("now the job's").isEmpty();
  }

  @Test
  void theNextAttemptBeginsWithoutOutputs() {
    deliver(report, A);
    farm.answer(report.failed("no disk", true));
    JobReport second = worker.report(new AttemptId(id, 2));
    farm.answer(second.started());
    deliver(second, B);
    farm.answer(second.finished(SUCCESS));
    assertThat(outputs()).containsExactly(B);
  }

  @Test
  void theLastOfTheAttemptsLeavesItsOutputs() {
    var fresh = new TestFarm();
    FakeConnection one = fresh.join("w1", 1);
    JobId last = fresh.running(one, asking(1));
    fresh.answer(one.only().offer(A.name(), A.size(), A.sha256()));
    fresh.depot.receive(A);
    fresh.answer(one.only().delivered(A.name()));
    fresh.answer(one.only().failed("no disk", true));
    assertThat(fresh.job(last).end().orElseThrow().outputs()).containsExactly(A);
  }

  @Test
  void successNeedsEveryOfferedOutputDelivered() {
    deliver(report, A);
    offer(report, B);
    assertThat(farm.answer(report.finished(SUCCESS))).isTrue();
    Job job = farm.job(id);
    assertThat(job.attempts().get(0).outcome())
        .contains("exit status 0, but 'b' was not delivered");
    assertThat(job.state()).isEqualTo(JobState.ASSIGNED);
    assertThat(job.attempt()).isEqualTo(2);
    assertThat(farm.answer(report.finished(SUCCESS))).as("heard before").isTrue();
  }

  @Test
  void aJobThatAsksForOutputsCannotSucceedWithoutAny() {
    farm.answer(report.finished(SUCCESS));
    assertThat(farm.job(id).attempts().get(0).outcome())
        .contains("exit status 0, but none of its outputs was delivered");
  }

  @Test
  void aDepotThatDoesNotAnswerLeavesTheAttemptAsItWas() {
    offer(report, A);
    farm.depot.silent = true;
    var delivered = report.delivered(A.name());
    var finished = report.finished(SUCCESS);
    farm.loop.advance(Duration.ofSeconds(10));
    assertThat(farm.refusal(delivered).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.refusal(finished).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aDepotThatDoesNotAnswerCannotDenyWhatIsOnRecord() {
    deliver(report, A);
    farm.depot.silent = true;
    assertThat(farm.answer(report.delivered(A.name()))).isTrue();
    assertThat(farm.answer(report.finished(SUCCESS))).isTrue();
  }

  @Test
  void moreOutputsThanTheLimitAreRefusedAlsoAfterARestart() {
    var narrow = new TestFarm(TestFarm.narrow());
    FakeConnection one = narrow.join("w1", 1);
    var attempt = new AttemptId(narrow.running(one), 1);
    for (StoredFile file : List.of(A, B)) {
      narrow.answer(one.only().offer(file.name(), file.size(), file.sha256()));
    }
    assertThat(narrow.refusal(one.only().offer(new FileName("c"), 1, FakeDepot.sha(1))))
        .hasMessageContaining("2, the most");
    narrow.answer(one.only().offer(A.name(), A.size(), A.sha256()));
    narrow.depot.receive(A);
    narrow.answer(one.only().delivered(A.name()));
    narrow.restart(0);
    JobReport back = narrow.join(TestFarm.info("w1", 1, List.of(attempt))).only();
    narrow.answer(back.offer(B.name(), B.size(), B.sha256()));
    assertThat(narrow.refusal(back.offer(new FileName("c"), 1, FakeDepot.sha(1))))
        .hasMessageContaining("2, the most");
  }

  @Test
  void anOutputMustBeOfferedBeforeItIsDelivered() {
    assertThat(farm.refusal(report.delivered(A.name())).code())
        .isEqualTo(FarmException.Code.MISSING_FILE);
  }
}

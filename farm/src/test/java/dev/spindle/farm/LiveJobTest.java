// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LiveJobTest {
  private static final AttemptId SECOND = AttemptId.of(1, 2);

  private final ManualFarmLoop loop = new ManualFarmLoop();
  private final Desk desk = new Desk(loop);
  private final LiveJob job =
      new LiveJob(
          Job.submitted(new JobId(1), TestFarm.spec().build(), Instant.EPOCH), 0, changed -> {});

  private FarmWorker worker(String name) {
    return new FarmWorker(
        TestFarm.name(name), loop, desk, TestFarm.LEASE, silent -> {}, changed -> {});
  }

  @Test
  void onlyJobAttemptAndWorkerTogetherAreThePresentAssignment() {
    FarmWorker mine = worker("w1");
    assertThat(job.attempt(SECOND, mine)).isEmpty();
    var files = new AttemptFiles(new FakeDepot(), desk, TestFarm.narrow(), SECOND);
    var attempt = new LiveAttempt(SECOND, mine, files, new LogBudget(1));
    job.attempt(attempt);
    assertThat(job.attempt(SECOND, mine)).contains(attempt);
    assertThat(job.attempt(SECOND, worker("w2"))).isEmpty();
    assertThat(job.attempt(AttemptId.of(1, 1), mine)).isEmpty();
    assertThat(job.attempt(AttemptId.of(2, 2), mine)).isEmpty();
  }

  @Test
  void onlyOfAJobThatHasNotStartedItIsToldThatATurnBeginsOrEnds() {
    var told = new ArrayList<JobState>();
    Job queued = job.record();
    var live = new LiveJob(queued, 0, changed -> told.add(changed.state()));
    live.turns().take(live::logSettled);
    assertThat(told).containsExactly(JobState.QUEUED, JobState.QUEUED);
    told.clear();
    Job running =
        JobSteps.started(JobSteps.assigned(queued, 1, TestFarm.name("w1")), Instant.EPOCH);
    live.record(running);
    live.turns().take(live::logSettled);
    assertThat(told).isEmpty();
    live.turns()
        .take(
            () -> {
              live.record(JobSteps.interrupted(running, Instant.EPOCH, "lost: w1 left"));
              return live.logSettled();
            });
    assertThat(told).containsExactly(JobState.QUEUED);
  }

  @Test
  void aJobCannotBeMovedWhileSomethingIsUnderWay() {
    var seen = new ArrayList<Boolean>();
    job.turns()
        .take(
            () -> {
              seen.add(job.movable());
              return job.logSettled();
            });
    assertThat(seen).containsExactly(false);
    assertThat(job.movable()).isTrue();
  }
}

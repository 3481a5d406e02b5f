// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionTest {
  private final TestFarm farm = new TestFarm();

  @Test
  void aJobIsAnsweredOnlyOnceItIsOnDisk() {
    FakeConnection worker = farm.join("w1", 1);
    farm.store.hold();
    var submitted = farm.controller.submit(TestFarm.spec().build());
    assertThat(farm.answered(submitted)).isFalse();
    assertThat(worker.queue).isEmpty();
    assertThat(farm.events(FarmEvent.JobChanged.class)).isEmpty();
    farm.store.release();
    Job job = farm.answer(submitted);
    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    assertThat(farm.store.onDisk(job.id())).isEqualTo(job);
    assertThat(farm.states(job.id())).containsExactly(JobState.QUEUED, JobState.ASSIGNED);
    assertThat(worker.attempts()).containsExactly(new AttemptId(job.id(), 1));
  }

  @Test
  void aJobWhoseCommitFailsIsNotTaken() {
    FakeConnection worker = farm.join("w1", 1);
    farm.store.failing(true);
    var refusal = farm.refusal(farm.controller.submit(TestFarm.spec().build()));
    assertThat(refusal.code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("disk on fire");
    assertThat(worker.queue).isEmpty();
    farm.store.failing(false);
    assertThat(farm.submit()).as("an id is not given twice").isEqualTo(new JobId(2));
  }

  @Test
  void anInputThatTheDepotDoesNotHaveIsRefused() {
    JobSpec spec = TestFarm.spec().inputs(List.of(FakeDepot.file("film.iso", 4))).build();
    var refusal = farm.refusal(farm.controller.submit(spec));
    assertThat(refusal.code()).isEqualTo(FarmException.Code.MISSING_FILE);
    assertThat(refusal).hasMessageContaining("film.iso");
    farm.depot.contents.add(FakeDepot.sha(4));
    assertThat(farm.submit(spec)).isEqualTo(new JobId(1));
  }

  @Test
  void moreUnfinishedJobsThanTheLimitAreRefused() {
    var narrow = new TestFarm(TestFarm.narrow());
    narrow.store.hold();
    for (int i = 0; i < 3; i++) {
      narrow.controller.submit(TestFarm.spec().build());
    }
    var refusal = narrow.refusal(narrow.controller.submit(TestFarm.spec().build()));
    assertThat(refusal.code()).isEqualTo(FarmException.Code.BUSY);
    narrow.store.release();
    narrow.loop.run();
    narrow.answer(narrow.controller.cancel(new JobId(1), "room"));
    assertThat(narrow.submit()).isEqualTo(new JobId(4));
  }

  @Test
  void anUnknownJobIsRefusedByName() {
    var unknown = new JobId(9);
    var noJob = FarmException.Code.NO_SUCH_JOB;
    assertThat(farm.refusal(farm.controller.job(unknown)).code()).isEqualTo(noJob);
    assertThat(farm.refusal(farm.controller.log(unknown, 0, 10)).code()).isEqualTo(noJob);
    assertThat(farm.refusal(farm.controller.cancel(unknown, "x")).code()).isEqualTo(noJob);
  }

  @Test
  void listsKnowAssignmentsThatTheStoreDoesNot() {
    FakeConnection worker = farm.join("w1", 1);
    JobId first = farm.running(worker);
    JobId second = farm.submit();
    List<JobId> more = List.of(farm.submit(), farm.submit());
    assertThat(ids(Optional.of(JobState.ASSIGNED), Optional.empty(), 9))
        .containsExactly(more.get(0), second);
    assertThat(ids(Optional.of(JobState.ASSIGNED), Optional.of(more.get(0)), 9))
        .containsExactly(second);
    assertThat(ids(Optional.of(JobState.RUNNING), Optional.empty(), 9)).containsExactly(first);
    assertThat(ids(Optional.of(JobState.QUEUED), Optional.empty(), 9)).containsExactly(more.get(1));
    assertThat(ids(Optional.of(JobState.FAILED), Optional.empty(), 9)).isEmpty();
    assertThat(farm.answer(farm.controller.jobs(JobQuery.newest(3))))
        .extracting(Job::state)
        .containsExactly(JobState.QUEUED, JobState.ASSIGNED, JobState.ASSIGNED);
  }

  private List<JobId> ids(Optional<JobState> state, Optional<JobId> before, int limit) {
    return farm.answer(farm.controller.jobs(new JobQuery(state, before, limit))).stream()
        .map(Job::id)
        .toList();
  }
}

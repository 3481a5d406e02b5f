// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Samples.append;
import static dev.spindle.store.Samples.chunk;
import static dev.spindle.store.Samples.put;
import static dev.spindle.store.Samples.queued;
import static dev.spindle.store.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.JobState;
import dev.spindle.farm.JobStore;
import dev.spindle.farm.JobStore.Snapshot;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.StoreChange;
import dev.spindle.farm.StoreChange.AppendLog;
import dev.spindle.farm.StoreChange.PutJob;
import dev.spindle.farm.StoreChange.PutWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the farm relies on, whatever keeps its state. */
abstract class JobStoreContract {
  private JobStore store;

  /** A store that is not open yet, over the same state each time within one test. */
  abstract JobStore create();

  @BeforeEach
  void open() {
    store = create();
    store.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aNewStoreIsEmpty() {
    assertThat(reopened()).isEqualTo(new Snapshot(List.of(), List.of(), 0, Map.of()));
    assertThat(await(store.job(new JobId(1)))).isEmpty();
    assertThat(await(store.jobs(JobQuery.newest(10)))).isEmpty();
    assertThat(await(store.log(new JobId(1), 0, 10))).isEmpty();
  }

  @Test
  void aJobInAnyStateComesBackAsItWas() {
    for (JobState state : JobState.values()) {
      Job job = Samples.in(state, 1 + state.ordinal());
      await(store.commit(put(job)));
      assertThat(await(store.job(job.id()))).contains(job);
    }
  }

  @Test
  void puttingAJobAgainReplacesAllOfIt() {
    Job finished = Samples.in(JobState.SUCCEEDED, 1);
    await(store.commit(put(Samples.in(JobState.RUNNING, 1))));
    await(store.commit(put(finished)));
    assertThat(await(store.jobs(JobQuery.newest(10)))).containsExactly(finished);
    await(store.commit(put(queued(1))));
    assertThat(await(store.job(new JobId(1)))).contains(queued(1));
  }

  @Test
  void jobsAreListedNewestFirstPageByPage() {
    await(store.commit(put(queued(3), queued(1), queued(2), queued(10))));
    assertThat(ids(await(store.jobs(JobQuery.newest(2))))).containsExactly(10L, 3L);
    var next = new JobQuery(Optional.empty(), Optional.of(new JobId(3)), 2);
    assertThat(ids(await(store.jobs(next)))).containsExactly(2L, 1L);
  }

  @Test
  void jobsAreListedByState() {
    await(store.commit(put(queued(1), Samples.in(JobState.FAILED, 2), queued(3), queued(4))));
    var query = new JobQuery(Optional.of(JobState.QUEUED), Optional.of(new JobId(4)), 10);
    assertThat(ids(await(store.jobs(query)))).containsExactly(3L, 1L);
  }

  @Test
  void aLogIsReadInOrderBehindASequenceNumber() {
    await(store.commit(put(queued(1), queued(2))));
    LogChunk one = chunk(1, 1, "a\n");
    LogChunk two = chunk(1, 2, "b\n");
    LogChunk three = chunk(1, 3, "");
    await(store.commit(append(one, two)));
    await(store.commit(append(chunk(2, 1, "other"))));
    await(store.commit(append(three)));
    assertThat(await(store.log(new JobId(1), 0, 10))).containsExactly(one, two, three);
    assertThat(await(store.log(new JobId(1), 1, 1))).containsExactly(two);
    assertThat(await(store.log(new JobId(1), 3, 10))).isEmpty();
    assertThat(await(store.log(new JobId(1), 0, 0))).isEmpty();
    assertThatThrownBy(() -> store.log(new JobId(1), 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWorkerIsLetInOnceAndMayChangeItsSecret() {
    RegisteredWorker changed =
        new RegisteredWorker(Samples.W1, "hbqueue", "f".repeat(32), Instant.EPOCH);
    await(store.commit(List.of(new PutWorker(worker("w2")), new PutWorker(worker("w1")))));
    await(store.commit(List.of(new PutWorker(changed))));
    assertThat(reopened().workers()).containsExactlyInAnyOrder(changed, worker("w2"));
  }

  @Test
  void theSnapshotHasWhatIsUnfinishedOldestFirst() {
    await(store.commit(put(Samples.in(JobState.RUNNING, 5), queued(2))));
    await(store.commit(put(Samples.in(JobState.ASSIGNED, 4), Samples.in(JobState.CANCELLED, 3))));
    await(store.commit(put(Samples.in(JobState.SUCCEEDED, 7), Samples.in(JobState.FAILED, 1))));
    assertThat(reopened().unfinished())
        .containsExactly(
            queued(2), Samples.in(JobState.ASSIGNED, 4), Samples.in(JobState.RUNNING, 5));
  }

  @Test
  void theLastIdIsThatOfTheNewestJobEvenWhenItIsFinished() {
    await(store.commit(put(Samples.in(JobState.SUCCEEDED, 12), queued(2))));
    assertThat(reopened().lastId()).isEqualTo(12);
  }

  @Test
  void theSnapshotTellsWhereTheLogsOfUnfinishedJobsEnd() {
    await(store.commit(put(queued(1), queued(2), Samples.in(JobState.FAILED, 3))));
    await(store.commit(append(chunk(1, 1, "a"), chunk(1, 2, "b"), chunk(3, 1, "c"))));
    assertThat(reopened().logEnds()).isEqualTo(Map.of(new JobId(1), 2L));
  }

  @Test
  void aCommitGetsInAsAWholeOrNotAtAll() {
    await(store.commit(put(queued(1))));
    await(store.commit(append(chunk(1, 1, "first"))));
    CompletionStage<Void> clash =
        store.commit(
            List.of(
                new PutJob(queued(2)),
                new PutWorker(worker("w1")),
                new AppendLog(List.of(chunk(1, 2, "lost"), chunk(1, 1, "again")))));
    assertThatThrownBy(() -> await(clash)).isInstanceOf(FarmException.class);
    assertThat(await(store.job(new JobId(2)))).isEmpty();
    assertThat(await(store.log(new JobId(1), 0, 10))).containsExactly(chunk(1, 1, "first"));
    assertThat(reopened())
        .isEqualTo(new Snapshot(List.of(queued(1)), List.of(), 1, Map.of(new JobId(1), 1L)));
  }

  @Test
  void aRefusedCommitDoesNotHarmThoseAskedForWithIt() {
    List<CompletionStage<Void>> commits = new ArrayList<>();
    for (int id = 1; id <= 40; id++) {
      commits.add(store.commit(put(queued(id))));
      commits.add(store.commit(append(chunk(1000 + id, 1, "of no job"))));
    }
    for (int i = 0; i < commits.size(); i += 2) {
      await(commits.get(i));
      CompletionStage<Void> refused = commits.get(i + 1);
      assertThat(failure(refused).code()).isEqualTo(Code.INVALID);
    }
    assertThat(await(store.jobs(JobQuery.newest(100)))).hasSize(40);
  }

  @Test
  void commitsAreMadeInTheOrderInWhichTheyWereAskedFor() {
    CompletionStage<Void> last = CompletableFuture.completedStage(null);
    for (int attempt = 1; attempt <= 300; attempt++) {
      last = store.commit(put(attempted(attempt)));
    }
    await(last);
    assertThat(await(store.job(new JobId(1))).orElseThrow().attempt()).isEqualTo(300);
  }

  @Test
  void anEmptyCommitCompletesAfterThoseBeforeIt() {
    CompletionStage<Void> before = store.commit(put(queued(1)));
    await(store.commit(List.of()));
    assertThat(before.toCompletableFuture()).isCompleted();
  }

  @Test
  void closingWaitsForWhatWasQueued() {
    List<CompletionStage<Void>> commits = new ArrayList<>();
    for (int id = 1; id <= 1000; id++) {
      commits.add(store.commit(put(queued(id))));
    }
    store.close();
    assertThat(commits).allSatisfy(c -> assertThat(c.toCompletableFuture()).isCompleted());
    assertThat(reopened().unfinished()).hasSize(1000);
  }

  @Test
  void aClosedStoreRefusesAndMayBeClosedAgain() {
    store.close();
    store.close();
    assertThat(failure(store.commit(put(queued(1)))).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure(store.job(new JobId(1))).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void aStoreIsOpenedOnceAndFirst() {
    assertThatThrownBy(() -> store.open()).isInstanceOf(IllegalStateException.class);
    JobStore never = create();
    assertThatThrownBy(() -> never.commit(List.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> never.jobs(JobQuery.newest(1)))
        .isInstanceOf(IllegalStateException.class);
    never.close();
  }

  @Test
  void theCallersListsAreNotKept() {
    List<StoreChange> changes = new ArrayList<>(put(queued(1)));
    CompletionStage<Void> commit = store.commit(changes);
    changes.clear();
    await(commit);
    assertThat(await(store.job(new JobId(1)))).isPresent();
  }

  private Snapshot reopened() {
    store.close();
    store = create();
    return store.open();
  }

  private static Job attempted(int attempt) {
    Job job = queued(1);
    return new Job(
        job.id(),
        job.spec(),
        JobState.RUNNING,
        attempt,
        Optional.of(Samples.W1),
        job.submittedAt(),
        List.of(),
        Optional.empty());
  }

  private static List<Long> ids(List<Job> jobs) {
    return jobs.stream().map(job -> job.id().number()).toList();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return Stages.await(stage);
  }

  private static FarmException failure(CompletionStage<?> stage) {
    return Stages.failure(stage);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Samples.append;
import static dev.spindle.store.Samples.chunk;
import static dev.spindle.store.Samples.put;
import static dev.spindle.store.Samples.queued;
import static dev.spindle.store.Stages.await;
import static dev.spindle.store.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.StoreChange.AppendLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to commits that wait; another program's lock on the database makes them. */
final class GroupCommitTest {
  @TempDir private Path folder;
  private Path file;
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    file = folder.resolve("spindle.db");
    store = SqliteJobStore.at(file);
    store.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void commitsThatWaitShareTransactions() throws Exception {
    int count = 4 * GroupWriter.MAX_GROUP;
    List<CompletionStage<Void>> commits = new ArrayList<>();
    try (Raw lock = Raw.locking(file)) {
      for (int id = 1; id <= count; id++) {
        commits.add(store.commit(put(queued(id))));
      }
    }
    commits.forEach(Stages::await);
    // The first transaction began with what had been asked for by then: perhaps one commit.
    assertThat(store.transactions()).isBetween(4L, 5L);
    assertThat(await(store.jobs(JobQuery.newest(1000)))).hasSize(1000);
  }

  @Test
  void commitsThatDoNotWaitAreNotHeldBack() {
    for (int id = 1; id <= 5; id++) {
      await(store.commit(put(queued(id))));
    }
    assertThat(store.transactions()).isEqualTo(5);
  }

  @Test
  void oneThatIsRefusedIsUndoneAloneInItsGroup() throws Exception {
    await(store.commit(put(queued(1))));
    CompletionStage<Void> before;
    CompletionStage<Void> refused;
    CompletionStage<Void> after;
    try (Raw lock = Raw.locking(file)) {
      store.commit(List.of()); // may be taken alone; the next three come together
      before = store.commit(append(chunk(1, 1, "before")));
      refused = store.commit(append(chunk(1, 2, "lost"), chunk(1, 1, "used before")));
      after = store.commit(append(chunk(1, 2, "after")));
    }
    assertThat(failure(refused).code()).isEqualTo(Code.INVALID);
    assertThat(failure(refused)).hasMessageContaining(file.toString());
    await(before);
    await(after);
    assertThat(await(store.log(new JobId(1), 0, 10)))
        .containsExactly(chunk(1, 1, "before"), chunk(1, 2, "after"));
    assertThat(store.transactions()).isLessThanOrEqualTo(3);
  }

  @Test
  void readsDoNotWaitForTheWriter() throws Exception {
    await(store.commit(put(queued(1))));
    CompletionStage<Void> second;
    try (Raw lock = Raw.locking(file)) {
      second = store.commit(put(queued(2)));
      assertThat(await(store.jobs(JobQuery.newest(10)))).containsExactly(queued(1));
      assertThat(second.toCompletableFuture()).isNotDone();
    }
    await(second);
    assertThat(await(store.job(new JobId(2)))).contains(queued(2));
  }

  @Test
  void beyondTheLimitCommitsAreRefusedAtOnceAndLaterAcceptedAgain() throws Exception {
    await(store.commit(put(queued(1))));
    List<CompletionStage<Void>> accepted = new ArrayList<>();
    try (Raw lock = Raw.locking(file)) {
      CompletionStage<Void> next = store.commit(List.of());
      for (int i = 0; !next.toCompletableFuture().isCompletedExceptionally(); i++) {
        assertThat(i).as("a limit").isLessThan(30);
        accepted.add(next);
        next = store.commit(thousandChunks(i));
      }
      assertThat(failure(next).code()).isEqualTo(Code.BUSY);
      assertThat(failure(next)).hasMessageContaining(file.toString());
      // Ten wait; what the writer took before it met the lock, up to as many again, is beside them.
      assertThat(accepted.size()).isBetween(10, 22);
    }
    accepted.forEach(Stages::await);
    await(store.commit(put(queued(2))));
  }

  @Test
  void anotherProgramThatNeverLetsGoIsToldOf() throws Exception {
    store.close();
    store = SqliteJobStore.at(file, List.of("busy_timeout = 1"));
    store.open();
    try (Raw lock = Raw.locking(file)) {
      CompletionStage<Void> commit = store.commit(put(queued(1)));
      assertThat(failure(commit).code()).isEqualTo(Code.BUSY);
      assertThat(failure(commit)).hasMessageContainingAll(file.toString(), "another program");
    }
    await(store.commit(put(queued(1))));
  }

  @Test
  void closingOnTheStoresOwnThreadIsRefused() throws Exception {
    CompletionStage<Void> closing;
    try (Raw lock = Raw.locking(file)) {
      closing = store.commit(put(queued(1))).thenRun(store::close);
    }
    assertThatThrownBy(() -> closing.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    await(store.commit(put(queued(2))));
  }

  @Test
  void closingWaitsEvenWhenInterrupted() {
    List<CompletionStage<Void>> commits = new ArrayList<>();
    for (int id = 1; id <= 100; id++) {
      commits.add(store.commit(put(queued(id))));
    }
    Thread.currentThread().interrupt();
    store.close();
    assertThat(Thread.interrupted()).isTrue();
    commits.forEach(Stages::await);
  }

  @Test
  void theThreadsAreNamedAndDoNotKeepTheProcessAlive() {
    await(store.commit(put(queued(1))));
    await(store.job(new JobId(1)));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("spindle-store-"))
        .extracting(Thread::getName, Thread::isDaemon)
        .contains(
            org.assertj.core.groups.Tuple.tuple("spindle-store-write", true),
            org.assertj.core.groups.Tuple.tuple("spindle-store-read", true));
  }

  private static List<dev.spindle.farm.StoreChange> thousandChunks(int block) {
    List<LogChunk> chunks =
        LongStream.rangeClosed(1, 1000).mapToObj(i -> chunk(1, block * 1000L + i, "x")).toList();
    return List.of(new AppendLog(chunks));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Samples.append;
import static dev.spindle.store.Samples.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoreChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitsTest {
  private static final Faults FAULTS = new Faults(Path.of("/farm/spindle.db"));

  @TempDir private Path folder;

  @Test
  void soManyRowsMayWaitAndNotOneMore() {
    var queue = new CommitQueue(FAULTS);
    queue.add(rows(CommitQueue.MAX_ROWS - 1));
    queue.add(Commit.of(List.of()));
    expectBusy(queue, Commit.of(List.of()));
    assertThat(queue.take(1)).hasSize(1);
    queue.add(rows(CommitQueue.MAX_ROWS - 1));
    expectBusy(queue, rows(1));
  }

  @Test
  void soMuchTextMayWaitAndNotOneCharacterMore() {
    String half = "x".repeat((int) (CommitQueue.MAX_TEXT_CHARS / 2));
    var queue = new CommitQueue(FAULTS);
    queue.add(Commit.of(append(chunk(1, 1, half))));
    queue.add(Commit.of(append(chunk(1, 2, half))));
    expectBusy(queue, Commit.of(append(chunk(1, 3, "x"))));
    queue.take(1);
    queue.add(Commit.of(append(chunk(1, 3, half))));
  }

  @Test
  void oneThatIsTooLargeGetsInWhenItIsAlone() {
    var queue = new CommitQueue(FAULTS);
    queue.add(rows(CommitQueue.MAX_ROWS + 1));
    expectBusy(queue, rows(1));
    assertThat(queue.take(10)).hasSize(1);
  }

  @Test
  void aGroupIsBounded() {
    var queue = new CommitQueue(FAULTS);
    for (int i = 0; i < 5; i++) {
      queue.add(rows(1));
    }
    assertThat(queue.take(3)).hasSize(3);
    assertThat(queue.take(3)).hasSize(2);
  }

  @Test
  void aClosedQueueGivesWhatItHasAndTakesNothing() {
    var queue = new CommitQueue(FAULTS);
    queue.add(rows(1));
    queue.close();
    assertThatThrownBy(() -> queue.add(rows(1)))
        .isInstanceOfSatisfying(
            FarmException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE));
    assertThat(queue.take(5)).hasSize(1);
    assertThat(queue.take(5)).isEmpty();
  }

  @Test
  void soManyQueriesMayWaitAndNotOneMore() throws Exception {
    try (Database database = Database.open(folder.resolve("spindle.db"), List.of())) {
      var reader = new Reader(database.reading(), FAULTS);
      var running = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      List<CompletionStage<?>> queries = new ArrayList<>();
      queries.add(
          reader.read(
              "the first",
              tables -> {
                running.countDown();
                awaitLatch(release);
                return "first";
              }));
      running.await();
      for (int i = 0; i < Reader.MAX_WAITING; i++) {
        queries.add(reader.read("a query", tables -> "next"));
      }
      FarmException fault = Stages.failure(reader.read("one more", tables -> "refused"));
      assertThat(fault.code()).isEqualTo(Code.BUSY);
      release.countDown();
      queries.forEach(Stages::await);
      reader.close();
    }
  }

  @Test
  void aJobThatIsTooLargeIsRefusedByItsName() {
    String huge = "x".repeat(Json.MAX_CHARS);
    JobSpec spec = JobSpec.of(new ShellWork(List.of(huge), Map.of())).build();
    try (SqliteJobStore store = SqliteJobStore.at(folder.resolve("spindle.db"))) {
      store.open();
      CompletionStage<Void> commit =
          store.commit(Samples.put(Job.submitted(new JobId(7), spec, Samples.NOON)));
      FarmException fault = Stages.failure(commit);
      assertThat(fault.code()).isEqualTo(Code.INVALID);
      assertThat(fault).hasMessageContainingAll("job 7 ", "spindle.db", "" + Json.MAX_CHARS);
      Stages.await(store.commit(Samples.put(Samples.queued(7))));
    }
  }

  @Test
  void aTextAsLongAsMayBeWrittenIsReadAgain() {
    String frame = Json.text(Json.object().put("text", ""));
    String longest = "x".repeat(Json.MAX_CHARS - frame.length());
    String text = Json.text(Json.object().put("text", longest));
    assertThat(text).hasSize(Json.MAX_CHARS);
    assertThat(Json.fields(text).text("text").equals(longest)).isTrue();
  }

  private static Commit rows(int count) {
    List<LogChunk> chunks = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      chunks.add(chunk(1, i, ""));
    }
    return Commit.of(List.<StoreChange>of(new StoreChange.AppendLog(chunks)));
  }

  private static void expectBusy(CommitQueue queue, Commit commit) {
    assertThatThrownBy(() -> queue.add(commit))
        .isInstanceOfSatisfying(
            FarmException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.BUSY);
              assertThat(e).hasMessageContaining("/farm/spindle.db");
            });
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

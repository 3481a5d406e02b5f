// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Samples.append;
import static dev.spindle.store.Samples.chunk;
import static dev.spindle.store.Samples.put;
import static dev.spindle.store.Samples.queued;
import static dev.spindle.store.Stages.await;
import static dev.spindle.store.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobState;
import dev.spindle.farm.StoreChange;
import dev.spindle.farm.StoreChange.AppendLog;
import dev.spindle.farm.StoreChange.PutJob;
import dev.spindle.farm.StoreChange.PutWorker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real {@code SQLITE_FULL}: the database may have so many pages and no more. */
final class DiskFullTest {
  private static final String HUGE = "x".repeat(1_000_000);

  @TempDir private Path folder;
  private Path file;
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    file = folder.resolve("spindle.db");
    store = SqliteJobStore.at(file, List.of("max_page_count = 50"));
    store.open();
    await(store.commit(put(queued(1))));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theStageFailsAndNothingOfTheCommitIsIn() {
    CompletionStage<Void> commit =
        store.commit(List.of(new PutJob(queued(2)), new AppendLog(List.of(chunk(1, 1, HUGE)))));
    assertThat(failure(commit).code()).isEqualTo(Code.DISK_FULL);
    assertThat(failure(commit)).hasMessageContaining(file.toString());
    assertThat(await(store.job(new JobId(2)))).isEmpty();
    assertThat(await(store.log(new JobId(1), 0, 10))).isEmpty();
  }

  @Test
  void whatFitsGetsInBesideWhatDoesNot() throws Exception {
    CompletionStage<Void> before;
    CompletionStage<Void> huge;
    CompletionStage<Void> after;
    try (Raw lock = Raw.locking(file)) {
      before = store.commit(put(Samples.in(JobState.RUNNING, 1)));
      huge = store.commit(append(chunk(1, 1, HUGE)));
      after = store.commit(append(chunk(1, 1, "small")));
    }
    await(before);
    assertThat(failure(huge).code()).isEqualTo(Code.DISK_FULL);
    await(after);
    assertThat(await(store.job(new JobId(1)))).contains(Samples.in(JobState.RUNNING, 1));
    assertThat(await(store.log(new JobId(1), 0, 10))).containsExactly(chunk(1, 1, "small"));
  }

  @Test
  void theStoreGoesOnWhenThereIsSpaceAgain() throws Exception {
    long last = fill();
    assertThat(failure(store.commit(append(chunk(1, last + 1, "x".repeat(9_000))))).code())
        .isEqualTo(Code.DISK_FULL);
    try (Raw raw = Raw.at(file)) {
      raw.run("DELETE FROM log WHERE sequence < " + last);
    }
    await(store.commit(append(chunk(1, last + 1, "x".repeat(9_000)))));
    store.close();
    store = SqliteJobStore.at(file);
    assertThat(store.open().logEnds()).containsEntry(new JobId(1), last + 1);
  }

  @Test
  void noSecretIsInTheError() {
    List<StoreChange> workers =
        IntStream.range(0, 5_000)
            .<StoreChange>mapToObj(i -> new PutWorker(Samples.worker("w" + i)))
            .toList();
    FarmException fault = failure(store.commit(workers));
    var text = new StringWriter();
    fault.printStackTrace(new PrintWriter(text));
    assertThat(text.toString())
        .contains("SQLITE_FULL")
        .doesNotContain(Samples.worker("w1").secretMd5());
  }

  /** Appends until nothing more fits; the last sequence number that did. */
  private long fill() {
    for (long sequence = 1; ; sequence++) {
      assertThat(sequence).as("chunks that fit").isLessThan(100);
      if (failure(store.commit(append(chunk(1, sequence, "x".repeat(9_000))))) != null) {
        return sequence - 1;
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Stages.await;
import static dev.spindle.store.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.JobState;
import dev.spindle.farm.JobStore.Snapshot;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoreChange.AppendLog;
import dev.spindle.farm.StoreChange.PutWorker;
import dev.spindle.farm.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pins what is in the file, byte for byte: {@code stored-1.sql} is what version 1 wrote first, and
 * {@code stored-1-outputs.sql} what it writes of an attempt that has delivered outputs. They must
 * stay readable for ever, so they are never changed; a new field, or version of the schema, gets a
 * file more.
 */
final class StoredFormTest {
  private static final String JOBS = "SELECT * FROM job ORDER BY id";
  private static final String LOG = "SELECT * FROM log ORDER BY job, sequence";
  private static final String WORKERS = "SELECT * FROM worker ORDER BY name";

  private static final List<LogChunk> LOG_OF_1 =
      List.of(
          chunk(1, LogStream.STDOUT, "größe\n"),
          chunk(2, LogStream.STDERR, "half \ud83d"),
          chunk(3, LogStream.HEADER, ""));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("spindle.db");
  }

  @Test
  void whatIsWrittenHasThePinnedForm() throws Exception {
    Path golden = folder.resolve("golden.db");
    fill(golden);
    SqliteJobStore store = SqliteJobStore.at(file);
    store.open();
    for (Job job : jobs()) {
      store.commit(Samples.put(job));
    }
    store.commit(List.of(new AppendLog(LOG_OF_1), new PutWorker(Samples.worker("w1"))));
    store.close();
    try (Raw expected = Raw.at(golden);
        Raw written = Raw.at(file)) {
      for (String table : List.of(JOBS, LOG, WORKERS)) {
        assertThat(written.rows(table)).isEqualTo(expected.rows(table)).isNotEmpty();
      }
    }
  }

  @Test
  void whatHasThePinnedFormIsRead() throws Exception {
    fill(file);
    expectSamples();
  }

  @Test
  void unknownFieldsArePassedOver() throws Exception {
    fill(file);
    try (Raw raw = Raw.at(file)) {
      raw.run("UPDATE job SET spec = json_set(spec, '$.new', 1, '$.work.new', json('[{}]'))");
      raw.run("UPDATE job SET spec = json_set(spec, '$.inputs[0].new', null)");
      raw.run("UPDATE job SET attempts = json_set(attempts, '$[0].new', 'x')");
      raw.run(
          "UPDATE job SET attempts = json_set(attempts, '$[1].outputs[0].new', 1) WHERE id = 7");
      raw.run("UPDATE job SET ending = json_set(ending, '$.new', 1)");
      raw.run("UPDATE job SET ending = json_set(ending, '$.result.new', 1) WHERE id = 4");
      raw.run("UPDATE job SET ending = json_set(ending, '$.outputs[0].new', 1) WHERE id = 4");
    }
    expectSamples();
  }

  @Test
  void everyKindOfWorkHasAStoredForm() {
    assertThat(Work.class.getPermittedSubclasses()).containsExactly(ShellWork.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          spec = json_set(spec, '$.work.kind', 'burn')   ; work of kind 'burn': expected 'shell'
          spec = json_remove(spec, '$.inputs[0].sha256') ; field 'sha256': expected a text, found nothing
          spec = json_set(spec, '$.tags', json('[1]'))   ; field 'tags': expected a list of texts
          spec = json_set(spec, '$.inputs', json('[1]')) ; JSON NUMBER: expected an object
          spec = json_set(spec, '$.exclusive', 1)        ; field 'exclusive': expected true or false
          spec = json_set(spec, '$.maxAttempts', 9e9)    ; field 'maxAttempts': expected a whole number
          attempts = '{}'                                ; JSON OBJECT: expected a list
          attempts = '['                                 ; not JSON
          attempts = json_set(attempts, '$[0].outputs', 1) ; field 'outputs': expected a list
          ending = json_set(ending, '$.at', 'noon')      ; 'noon'
          state = 'PAUSED'                               ; PAUSED
          """,
      quoteCharacter = '"')
  void whatCannotBeReadIsNamed(String damage, String why) throws Exception {
    fill(file);
    try (Raw raw = Raw.at(file)) {
      raw.run("UPDATE job SET " + damage + " WHERE id = 4");
    }
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      store.open();
      FarmException fault = failure(store.job(new JobId(4)));
      assertThat(fault).hasMessageContainingAll("job 4 ", file.toString(), why);
      assertThat(fault.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(await(store.job(new JobId(3)))).isPresent();
    }
  }

  @Test
  void anUnfinishedJobThatCannotBeReadIsNamedAtTheStart() throws Exception {
    fill(file);
    try (Raw raw = Raw.at(file)) {
      raw.run("UPDATE job SET spec = '' WHERE id = 1");
    }
    SqliteJobStore store = SqliteJobStore.at(file);
    assertThatThrownBy(store::open)
        .isInstanceOf(FarmException.class)
        .hasMessageContainingAll("job 1 ", file.toString());
  }

  private void expectSamples() {
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      Snapshot snapshot = store.open();
      List<Job> newestFirst = new ArrayList<>(jobs());
      Collections.reverse(newestFirst);
      assertThat(await(store.jobs(JobQuery.newest(100)))).isEqualTo(newestFirst);
      assertThat(await(store.log(new JobId(1), 0, 100))).isEqualTo(LOG_OF_1);
      assertThat(snapshot.workers()).containsExactly(Samples.worker("w1"));
    }
  }

  private static LogChunk chunk(long sequence, LogStream stream, String text) {
    return new LogChunk(AttemptId.of(1, 3), sequence, stream, Samples.NOON, text);
  }

  private static List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (JobState state : JobState.values()) {
      jobs.add(Samples.in(state, 1 + state.ordinal()));
    }
    jobs.add(Samples.delivering(1 + jobs.size()));
    return jobs;
  }

  /** Makes what version 1 left behind. */
  private static void fill(Path file) throws IOException, SQLException {
    try (Raw raw = Raw.at(file)) {
      raw.run(resource("schema/1.sql"));
      raw.run(resource("stored-1.sql"));
      raw.run(resource("stored-1-outputs.sql"));
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = StoredFormTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

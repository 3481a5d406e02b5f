// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files become a store, and which are refused and left as they were. */
final class OpeningTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("spindle.db");
  }

  @Test
  void nothingIsTouchedBeforeOpening() {
    SqliteJobStore.at(file).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void onlyTheOwnerMayReadWhatIsCreated() throws Exception {
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      store.open();
      await(store.commit(Samples.put(Samples.queued(1))));
      try (var files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSize(4) // the database, its write-ahead log and index, the lock
            .allSatisfy(
                each ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void theWriterSynchronisesEachCommitAndTheReaderCannotWrite() {
    try (Database database = Database.open(file, List.of())) {
      assertThat(pragma(database.writing(), "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database.writing(), "synchronous")).isEqualTo("2"); // FULL
      assertThat(pragma(database.writing(), "foreign_keys")).isEqualTo("1");
      assertThatThrownBy(() -> database.reading().execute("DELETE FROM job"))
          .rootCause()
          .hasMessageContaining("readonly");
    }
  }

  @Test
  void theSqlLibraryTellsNoValuesInItsErrors() {
    try (Database database = Database.open(file, List.of())) {
      assertThatThrownBy(
              () -> database.writing().execute("INSERT INTO worker (name) VALUES (?)", "digest"))
          .hasMessageContaining("NOT NULL")
          .hasMessageNotContaining("digest");
    }
  }

  private static String pragma(Handle handle, String name) {
    return handle.select("PRAGMA " + name).map((row, c) -> row.getString(1)).one();
  }

  @Test
  void theFileMayHaveAnyName() {
    Path odd = folder.resolve("a?mode=memory&b#c%20d é.db");
    try (SqliteJobStore store = SqliteJobStore.at(odd)) {
      store.open();
      await(store.commit(Samples.put(Samples.queued(1))));
      assertThat(odd).isRegularFile();
    }
    try (SqliteJobStore store = SqliteJobStore.at(odd)) {
      assertThat(store.open().unfinished()).containsExactly(Samples.queued(1));
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    expectRefusal(folder.resolve("none/spindle.db"), "its folder is not there");
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws Exception {
    Files.writeString(file, "# a configuration file, say\n".repeat(100));
    byte[] before = Files.readAllBytes(file);
    expectRefusal(file, "this is not a database");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    try (Raw raw = Raw.at(file)) {
      raw.run("CREATE TABLE job (id INTEGER)");
    }
    byte[] before = Files.readAllBytes(file);
    expectRefusal(file, "another program");
    try (Raw raw = Raw.at(file)) {
      raw.run("DROP TABLE job; PRAGMA application_id = 7");
    }
    expectRefusal(file, "another program");
    assertThat(Files.readAllBytes(file)).hasSameSizeAs(before);
  }

  @Test
  void anEmptyFileBecomesADatabase() throws Exception {
    Files.createFile(file);
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      assertThat(store.open().lastId()).isZero();
    }
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    SqliteJobStore store = SqliteJobStore.at(file);
    store.open();
    store.close();
    try (Raw raw = Raw.at(file)) {
      raw.run("PRAGMA user_version = " + (Schema.VERSION + 1));
    }
    expectRefusal(file, "schema version " + (Schema.VERSION + 1), "newer Spindle");
  }

  @Test
  void everySchemaVersionHasItsScript() {
    for (int version = 1; version <= Schema.VERSION; version++) {
      assertThat(Schema.class.getResource("schema/" + version + ".sql")).isNotNull();
    }
    assertThat(Schema.class.getResource("schema/" + (Schema.VERSION + 1) + ".sql")).isNull();
  }

  @Test
  void aSecondStoreOnOneFileIsRefusedUntilTheFirstIsClosed() {
    SqliteJobStore second = SqliteJobStore.at(file);
    try (SqliteJobStore first = SqliteJobStore.at(file)) {
      first.open();
      assertThatThrownBy(second::open)
          .isInstanceOf(FarmException.class)
          .hasMessageContainingAll(file + " is used by another controller", "spindle.db.lock");
    }
    second.open();
    second.close();
  }

  @Test
  void aLinkToTheFileIsTheSameFile() throws Exception {
    Path link = folder.resolve("link.db");
    try (SqliteJobStore first = SqliteJobStore.at(file)) {
      first.open();
      Files.createSymbolicLink(link, file);
      expectRefusal(link, "is used by another controller");
    }
  }

  @Test
  void closingAgainDoesNotLoosenTheHoldOfTheNextStore() {
    SqliteJobStore first = SqliteJobStore.at(file);
    first.open();
    first.close();
    try (SqliteJobStore second = SqliteJobStore.at(file)) {
      second.open();
      first.close();
      expectRefusal(file, "is used by another controller");
    }
  }

  @Test
  void aRefusedFileIsNotHeld() throws Exception {
    Files.writeString(file, "no database".repeat(100));
    SqliteJobStore store = SqliteJobStore.at(file);
    assertThatThrownBy(store::open).isInstanceOf(FarmException.class);
    Files.delete(file);
    store.open();
    store.close();
  }

  @Test
  void theLastIdOutlivesItsJob() throws Exception {
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      store.open();
      await(store.commit(Samples.put(Samples.queued(1), Samples.in(JobState.FAILED, 9))));
      await(store.commit(Samples.append(Samples.chunk(9, 1, "gone with its job"))));
    }
    try (Raw raw = Raw.at(file)) {
      raw.run("PRAGMA foreign_keys = ON; DELETE FROM job");
    }
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      assertThat(store.open().lastId()).isEqualTo(9);
      assertThat(await(store.log(new JobId(9), 0, 10))).isEmpty();
    }
  }

  private static void expectRefusal(Path file, String... why) {
    assertThatThrownBy(() -> SqliteJobStore.at(file).open())
        .isInstanceOfSatisfying(
            FarmException.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(Code.UNAVAILABLE);
              assertThat(fault).hasMessageContaining(file.toString()).hasMessageContainingAll(why);
            });
  }
}

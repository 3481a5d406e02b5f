// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that commits, and looks for everything that it was told is durable. */
final class CrashTest {
  private static final int ROUNDS = 4;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedOutlivesAKilledProcess() throws Exception {
    Path file = folder.resolve("spindle.db");
    long seed = new Random().nextLong();
    var random = new Random(seed);
    List<Long> acknowledged = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      acknowledged.addAll(commitUntilKilled(file, 1 + random.nextInt(400)));
      try (SqliteJobStore store = SqliteJobStore.at(file)) {
        assertThat(store.open().lastId())
            .isGreaterThanOrEqualTo(acknowledged.get(acknowledged.size() - 1));
        for (long id : acknowledged) {
          String where = "job " + id + " in round " + round + ", seed " + seed;
          assertThat(await(store.job(new JobId(id)))).as(where).contains(Samples.queued(id));
          assertThat(await(store.log(new JobId(id), 0, 10))).as(where).hasSize(1);
        }
      }
      try (Raw raw = Raw.at(file)) {
        assertThat(raw.rows("PRAGMA integrity_check")).containsExactly("ok");
        assertThat(raw.rows("SELECT id FROM job EXCEPT SELECT job FROM log")).isEmpty();
      }
    }
  }

  @Test
  void aSecondProcessIsRefusedEvenAfterASecondStoreOfThisOneWas() throws Exception {
    Path file = folder.resolve("spindle.db");
    try (SqliteJobStore store = SqliteJobStore.at(file)) {
      store.open();
      assertThatThrownBy(() -> SqliteJobStore.at(file).open()).isInstanceOf(FarmException.class);
      Process second = committer(file);
      try (BufferedReader lines = second.inputReader();
          BufferedReader errors = second.errorReader()) {
        assertThat(lines.readLine()).isNull();
        assertThat(errors.lines())
            .anySatisfy(line -> assertThat(line).contains(file + " is used by another controller"));
        assertThat(second.waitFor()).isNotZero();
      } finally {
        second.destroyForcibly();
      }
    }
  }

  private static List<Long> commitUntilKilled(Path file, int count) throws Exception {
    Process process = committer(file);
    try (BufferedReader lines = process.inputReader()) {
      List<Long> acknowledged = new ArrayList<>();
      while (acknowledged.size() < count) {
        acknowledged.add(id(lines.readLine()));
      }
      assertThatThrownBy(() -> SqliteJobStore.at(file).open())
          .isInstanceOf(FarmException.class)
          .hasMessageContaining(file + " is used by another controller");
      process.toHandle().destroyForcibly(); // the process itself would close what is left to read
      for (String line = lines.readLine(); isWhole(line); line = lines.readLine()) {
        acknowledged.add(id(line));
      }
      return acknowledged;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The last line may have been cut by the kill. */
  private static boolean isWhole(@Nullable String line) {
    return line != null && line.endsWith(Committer.END);
  }

  private static long id(String line) {
    assertThat(line).endsWith(Committer.END);
    return Long.parseLong(line.substring(0, line.length() - Committer.END.length()));
  }

  private static Process committer(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + file.getParent(), // the driver leaves its library when killed
            "-cp",
            System.getProperty("java.class.path"),
            Committer.class.getName(),
            file.toString())
        .start();
  }
}

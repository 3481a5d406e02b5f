// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path temp;
  private Journal journal;

  @BeforeEach
  void open() {
    journal = new Journal(temp);
  }

  @Test
  void endsComeBackWithAllTheirFieldsUntilTheyAreDeleted() throws Exception {
    var finished = new AttemptEnd.Finished(new JobResult(130, Duration.ofNanos(1_234_567_891)));
    var failed = new AttemptEnd.Failed("line one\nline = two \\ é", true);
    journal.write(AttemptId.of(12, 3), finished);
    journal.write(AttemptId.of(2, 1), failed);

    assertThat(new Journal(temp).read())
        .containsExactly(
            Map.entry(AttemptId.of(2, 1), failed), Map.entry(AttemptId.of(12, 3), finished));

    journal.delete(AttemptId.of(2, 1));
    journal.delete(AttemptId.of(12, 3));
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void halfWrittenFileOfACrashIsNoEnd() throws Exception {
    Files.writeString(temp.resolve("1-1.part"), "exit=0");

    assertThat(journal.read()).isEmpty();
  }

  @Test
  void unreadableFilesArePutAside() throws Exception {
    Files.writeString(temp.resolve("1-1"), "neither");
    Files.writeString(temp.resolve("2-1"), "exit=many\nelapsed=PT1S");
    Files.writeString(temp.resolve("3-1"), "#".repeat((int) Journal.MAX_FILE_BYTES + 1));
    Files.write(temp.resolve("4-1"), new byte[] {(byte) 0xff});

    assertThat(journal.read()).isEmpty();
    assertThat(temp.toFile().list())
        .containsExactlyInAnyOrder(
            "1-1.unreadable", "2-1.unreadable", "3-1.unreadable", "4-1.unreadable");
  }

  @Test
  void longReasonsAreCut() {
    var failed = new AttemptEnd.Failed("x".repeat(3 * AttemptEnd.Failed.MAX_WHY_CHARS), false);

    assertThat(failed.why()).hasSize(AttemptEnd.Failed.MAX_WHY_CHARS).endsWith("x…");
  }
}

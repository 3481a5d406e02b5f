// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Sha256;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Disks that take no more, and files that change on the way. Filling a disk takes root; a limit on
 * the size of files, which anybody may set, has the worker's write fail half-way just so. What the
 * depot says of a disk without room is asked of it directly.
 */
final class FullDiskTest {
  /** Files of 4 MiB, in the shell's units of 512 bytes. */
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -f 8192; exec \"$@\"", "limited");

  private static final int TOO_MUCH = 6 << 20;

  @RegisterExtension final Farm farm = Farm.withController();

  private void big(String name) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(farm.user(name).toFile(), "rw")) {
      file.setLength(TOO_MUCH);
    }
  }

  @Test
  void aWorkerWithoutRoomFailsTheAttemptAndAnotherDoesTheJob() throws IOException {
    farm.startController();
    farm.startWorker(LIMITED, "full");
    farm.startWorker("roomy");
    big("big");
    long id = farm.submit("--input=big", "--", "sh", "-c", "wc -c <big");
    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).as("%s", job.json()).isEqualTo("succeeded");
    assertThat(job.workers()).containsExactly("full", "roomy");
    assertThat(job.json().at("/attempts/0/outcome").asText())
        .contains("input 'big' could not be fetched", "cannot write", "File too large");
    Ended logs = expect(0, farm.spindle("logs", Long.toString(id)));
    assertThat(logs.out().strip()).isEqualTo(Integer.toString(TOO_MUCH));
  }

  @Test
  void theDepotTellsThatItsDiskHasNoRoom() throws IOException {
    farm.startController();
    try (OperatorClient operator = farm.operator()) {
      long tooMuch = Files.getFileStore(farm.data()).getUsableSpace() + (1L << 40);
      Assertions.assertThatExceptionOfType(FarmException.class)
          .isThrownBy(
              () -> operator.upload(new FileName("huge"), tooMuch, new Sha256("ab".repeat(32))))
          .withMessageContaining("huge needs " + tooMuch + " bytes; the depot's disk has room for")
          .satisfies(full -> assertThat(full.code()).isEqualTo(FarmException.Code.DISK_FULL));
    }
  }

  @Test
  void anInputThatGrowsWhileItIsSentIsNotTaken() {
    assertNotTaken("while :; do date +%N >>moving; done", "it has ", " bytes now, but ");
  }

  @Test
  void anInputThatIsOverwrittenWhileItIsSentIsNotTaken() {
    assertNotTaken(
        "while :; do date +%N | dd of=moving conv=notrunc status=none; done",
        "did the file change meanwhile?");
  }

  private void assertNotTaken(String change, String... words) {
    farm.startController();
    write(farm.user("moving"), "x".repeat(1 << 20));
    Program writer = farm.start("writer", List.of("sh", "-c", change));
    Ended submit = farm.spindle("submit", "--input=moving", "--", "true");
    writer.kill();
    assertThat(submit.code()).isEqualTo(1);
    assertThat(submit.out()).isEmpty();
    assertThat(submit.err()).startsWith("spindle submit: moving: ").contains(words);
    assertThat(farm.spindle("jobs", "--json").out()).isEqualTo("[ ]\n");
  }
}

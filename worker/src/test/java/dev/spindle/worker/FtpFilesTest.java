// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.depot.ContentHash;
import dev.spindle.depot.DepotSettings;
import dev.spindle.depot.FileDepot;
import dev.spindle.farm.FileName;
import dev.spindle.farm.GrantHolder;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files through a real depot. */
class FtpFilesTest {
  private static final GrantHolder HOLDER = new GrantHolder("attempt 1/1");

  @TempDir Path dir;

  @Test
  void fileGoesToTheDepotAndBack() throws Exception {
    Path source = Files.write(dir.resolve("source"), new byte[300_000]);
    StoredFile file = ContentHash.of(source).as(new FileName("out/film.mkv"));
    AtomicLong moved = new AtomicLong();
    try (FileDepot depot = FileDepot.open(DepotSettings.in(dir.resolve("depot")));
        FtpFiles files = new FtpFiles()) {
      files.send(
          () -> depot.grantWrite(HOLDER, file.name(), file.size(), file.sha256()),
          source,
          file,
          moved::set);
      assertThat(moved).hasValue(file.size());
      assertThat(depot.holds(file.sha256())).isTrue();

      Path target = dir.resolve("target");
      files.fetch(() -> depot.grantRead(HOLDER, file), file, target, moved::set);
      assertThat(target).hasSameBinaryContentAs(source);
    }
  }

  @Test
  void refusedGrantEndsTheTransferAtOnceAndIsThrownOn() throws Exception {
    Path source = Files.writeString(dir.resolve("source"), "x");
    StoredFile file = ContentHash.of(source).as(new FileName("x"));
    IOException refusal = new IOException("the assignment is no longer valid");
    AtomicInteger asked = new AtomicInteger();
    GrantSource refusing =
        () -> {
          asked.incrementAndGet();
          throw refusal;
        };
    try (FtpFiles files = new FtpFiles()) {
      assertThatThrownBy(() -> files.send(refusing, source, file, bytes -> {})).isSameAs(refusal);
      assertThatThrownBy(() -> files.fetch(refusing, file, dir.resolve("target"), bytes -> {}))
          .isSameAs(refusal);
    }
    assertThat(asked).hasValue(2);
  }
}

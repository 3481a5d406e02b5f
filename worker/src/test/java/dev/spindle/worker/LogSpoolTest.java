// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.LogStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolTest {
  @TempDir Path temp;

  @Test
  void firstInFirstOutAndEmptiedAfterTheLast() throws Exception {
    var one = new LogPiece(LogStream.STDOUT, "one é😀");
    var two = new LogPiece(LogStream.STDERR, "");
    var three = new LogPiece(LogStream.HEADER, "three");
    try (var spool = new LogSpool(temp.resolve("spool"))) {
      assertThat(spool.poll()).isEmpty();
      spool.add(one);
      spool.add(two);
      assertThat(spool.poll()).contains(one);
      spool.add(three);
      assertThat(spool.poll()).contains(two);
      assertThat(spool.isEmpty()).isFalse();
      assertThat(spool.poll()).contains(three);
      assertThat(spool.isEmpty()).isTrue();
      assertThat(Files.size(temp.resolve("spool"))).isZero();
      spool.add(one);
      assertThat(spool.poll()).contains(one);
    }
  }
}

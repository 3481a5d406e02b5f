// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.LogStream;
import org.junit.jupiter.api.Test;

class LogBatchTest {
  private final LogBatch batch = new LogBatch(4);

  @Test
  void takesWhatFits() {
    assertThat(batch.add(LogStream.STDOUT, "abcdef", 0)).isEqualTo(4);
    assertThat(batch.add(LogStream.STDOUT, "abcdef", 4)).isEqualTo(4);
    assertThat(batch.take()).isEqualTo(new LogPiece(LogStream.STDOUT, "abcd"));
    assertThat(batch.isEmpty()).isTrue();
  }

  @Test
  void takesOneStreamAtATime() {
    batch.add(LogStream.STDOUT, "a", 0);

    assertThat(batch.add(LogStream.STDERR, "b", 0)).isZero();
  }

  @Test
  void keepsTheHalvesOfACharacterTogether() {
    assertThat(batch.add(LogStream.STDOUT, "abc😀", 0)).isEqualTo(3);
    batch.take();
    assertThat(batch.add(LogStream.STDOUT, "abc😀", 3)).isEqualTo(5);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TriesTest {
  private final Tries tries = new Tries(TransferLimits.USUAL);

  @Test
  void onlyTriesInVainCount() {
    long at = 0;
    for (int i = 0; i < 1000; i++) {
      at += TransferLimits.FRUITFUL_BYTES;
      assertThat(tries.again(at)).isTrue();
    }
    for (int i = 2; i < TransferLimits.MAX_FRUITLESS; i++) {
      assertThat(tries.again(at + i)).as("try " + i).isTrue();
    }
    assertThat(tries.again(at)).isFalse();
  }

  @Test
  void whatWasThereBeforeIsNotTheTriesFruit() {
    tries.from(1L << 40);
    int more = 0;
    while (tries.again(1L << 40)) {
      more++;
    }
    assertThat(more).isEqualTo(TransferLimits.MAX_FRUITLESS - 1);
  }

  @Test
  void pausesGrowToALimitAndAreNotAllAlike() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 6; i++) {
      tries.again(0);
      Duration pause = tries.pause();
      assertThat(pause).isGreaterThan(last).isLessThanOrEqualTo(TransferLimits.LONGEST_PAUSE);
      last = pause;
    }
    assertThat(last).isGreaterThanOrEqualTo(Duration.ofSeconds(12));
  }
}

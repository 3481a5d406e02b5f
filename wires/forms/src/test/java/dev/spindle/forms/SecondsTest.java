// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsTest {

  @Test
  void microsecondsSurviveInOurCentury() {
    Instant now = Instant.parse("2026-11-20T12:34:56.123457Z");
    assertThat(Seconds.toInstant(Seconds.of(now))).isEqualTo(now);
    Duration time = Duration.ofDays(30).plusNanos(1_000);
    assertThat(Seconds.toDuration(Seconds.of(time))).isEqualTo(time);
  }

  @Test
  void aFractionIsRoundedToTheNearestMicrosecond() {
    assertThat(Seconds.toDuration(0.000_000_6)).isEqualTo(Duration.ofNanos(1_000));
    assertThat(Seconds.toDuration(-1.5)).isEqualTo(Duration.ofMillis(-1_500));
  }

  @Test
  void theLongestTimeIsReadExactly() {
    assertThat(Seconds.toDuration(1e10)).isEqualTo(Duration.ofSeconds(10_000_000_000L));
    assertThat(Seconds.toDuration(-1e10)).isEqualTo(Duration.ofSeconds(-10_000_000_000L));
    assertThat(Seconds.toInstant(1e10)).isEqualTo(Instant.ofEpochSecond(10_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        1.000_001e10,
        -1.000_001e10,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void beyondItTheTimeIsRefused(double seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Seconds.toDuration(seconds))
        .withMessageContaining("a time of " + seconds + " seconds: expected at most 1.0E10");
  }
}

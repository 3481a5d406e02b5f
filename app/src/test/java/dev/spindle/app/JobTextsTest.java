// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.JobState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobTextsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 s",
    "PT1.26S, 1.3 s",
    "PT59.9S, 59.9 s",
    "PT59.95S, 60.0 s",
    "PT60S, 1 min 0 s",
    "PT59M59S, 59 min 59 s",
    "PT1H, 1 h 0 min",
    "PT25H2M, 25 h 2 min"
  })
  void durationsHaveTwoUnitsAtMost(Duration duration, String text) {
    assertThat(JobTexts.duration(duration)).isEqualTo(text);
  }

  @Test
  void timesAreDatesAndTimesOfDay() {
    assertThat(JobTexts.time(SomeJobs.waiting("true").submittedAt()))
        .matches("2026-01-0[123] \\d\\d:\\d\\d:05");
  }

  @Test
  void aLongCommandIsCutButNotTheWholeOne() {
    var job = SomeJobs.waiting("echo", "x".repeat(100));
    assertThat(JobTexts.command(job)).hasSize(60).startsWith("echo xxx").endsWith("…");
    assertThat(JobTexts.wholeCommand(job)).isEqualTo("echo " + "x".repeat(100));
  }

  @Test
  void aCommandTakesOneLineOfATableAndNoControlCodes() {
    assertThat(JobTexts.command(SomeJobs.waiting("sh", "-c", "a\n\u001b[31mb")))
        .isEqualTo("sh -c a  [31mb");
  }

  @Test
  void aResultIsTheStatusOrElseTheReasonsFirstLine() {
    assertThat(JobTexts.result(SomeJobs.waiting("true"))).isEqualTo("-");
    assertThat(JobTexts.result(SomeJobs.exited(JobState.FAILED, 3, "exit status 3")))
        .isEqualTo("exit 3");
    assertThat(JobTexts.result(SomeJobs.without(JobState.CANCELLED, "not\nneeded")))
        .isEqualTo("not");
    assertThat(JobTexts.result(SomeJobs.without(JobState.CANCELLED, ""))).isEqualTo("-");
  }

  @Test
  void statesAreInLowerCaseAndNobodyIsADash() {
    assertThat(JobTexts.state(SomeJobs.waiting("true"))).isEqualTo("queued");
    assertThat(JobTexts.worker(SomeJobs.waiting("true"))).isEqualTo("-");
  }
}

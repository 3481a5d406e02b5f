// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStepsTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final JobEnd END = new JobEnd(NOW, Optional.empty(), "why", List.of());

  private final Job queued =
      Job.submitted(new JobId(1), TestFarm.spec().maxAttempts(2).build(), NOW);
  private final Job assigned = JobSteps.assigned(queued, 3, TestFarm.name("w1"));
  private final Job running = JobSteps.started(assigned, NOW);

  @Test
  void whatTheTableOfStatesForbidsIsRefused() {
    Job ended = JobSteps.ended(running, JobState.SUCCEEDED, "done", END);
    assertThatThrownBy(() -> JobSteps.ended(ended, JobState.CANCELLED, "again", END))
        .hasMessage("job 1 is SUCCEEDED and cannot become CANCELLED");
    assertThatThrownBy(() -> JobSteps.withdrawn(ended)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> JobSteps.started(running, NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> JobSteps.assigned(running, 4, TestFarm.name("w1")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWithdrawnJobKeepsItsNumber() {
    Job withdrawn = JobSteps.withdrawn(assigned);
    assertThat(withdrawn.attempt()).isEqualTo(3);
    assertThat(withdrawn.worker()).isEmpty();
    assertThat(withdrawn.attempts()).isEmpty();
  }

  @Test
  void anInterruptedJobIsQueuedUntilItsStartedAttemptsAreSpent() {
    Job again = JobSteps.interrupted(running, NOW, "lost: x");
    assertThat(again.state()).isEqualTo(JobState.QUEUED);
    assertThat(again.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Optional.of("lost: x"));
    Job second = JobSteps.started(JobSteps.assigned(again, 9, TestFarm.name("w2")), NOW);
    Job spent = JobSteps.interrupted(second, NOW, "lost: y");
    assertThat(spent.state()).isEqualTo(JobState.FAILED);
    assertThat(spent.end().orElseThrow().reason())
        .isEqualTo("given up after 2 attempts: 3 on w1: lost: x; 9 on w2: lost: y");
  }

  @Test
  void reasonsOfManyAttemptsAreCut() {
    String reason = "r".repeat(Outcomes.MAX_REASON_LENGTH);
    Attempt attempt = Attempt.started(1, TestFarm.name("w1"), NOW).ended(NOW, reason);
    assertThat(Outcomes.spent(Collections.nCopies(50, attempt)))
        .hasSize(Outcomes.MAX_REASONS_LENGTH + 1);
  }

  @Test
  void onlyTheSameWordsAreTheSameEnd() {
    var zero = new JobResult(0, Duration.ZERO);
    assertThat(Outcomes.same("exit status 0", "exit status 0")).isTrue();
    assertThat(Outcomes.same(Outcomes.undelivered(zero, "x"), "exit status 0")).isTrue();
    assertThat(Outcomes.same("exit status 01", "exit status 0")).isFalse();
    assertThat(Outcomes.same("failed: a, but b", "failed: a")).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;

/** What must hold of everything that was ever written of the jobs, in order. */
final class HistoryCheck {
  private HistoryCheck() {}

  static void check(List<Job> history) {
    var last = new HashMap<JobId, Job>();
    for (Job next : history) {
      Job before = last.put(next.id(), next);
      checkAttempts(next);
      if (before != null) {
        checkStep(before, next);
      }
    }
  }

  private static void checkAttempts(Job job) {
    List<Integer> numbers = job.attempts().stream().map(Attempt::number).toList();
    assertThat(numbers).as("numbers only rise").isSorted().doesNotHaveDuplicates();
    assertThat(numbers.size()).isLessThanOrEqualTo(job.spec().maxAttempts());
    long open = job.attempts().stream().filter(a -> a.endedAt().isEmpty()).count();
    assertThat(open)
        .as("open attempts of %s", job)
        .isEqualTo(job.state() == JobState.RUNNING ? 1 : 0);
    assertThat(job.state()).as("not durable").isNotEqualTo(JobState.ASSIGNED);
  }

  /** What was delivered stays the attempt's while it runs, and is the job's when that ends it. */
  private static void checkOutputs(Job before, Job next) {
    List<StoredFile> delivered = JobSteps.outputs(before);
    if (next.state() == JobState.RUNNING) {
      assertThat(JobSteps.outputs(next)).containsAll(delivered);
    }
    next.end().ifPresent(end -> assertThat(end.outputs()).containsAll(delivered));
  }

  private static void checkStep(Job before, Job next) {
    checkOutputs(before, next);
    assertThat(before.state().isFinal()).as("%s ended twice: %s", before, next).isFalse();
    assertThat(next.attempt()).isGreaterThanOrEqualTo(before.attempt());
    assertThat(next.attempts().size()).isGreaterThanOrEqualTo(before.attempts().size());
    for (int i = 0; i < before.attempts().size(); i++) {
      Attempt then = before.attempts().get(i);
      if (then.endedAt().isPresent()) {
        assertThat(next.attempts().get(i)).as("what is past stays").isEqualTo(then);
      }
    }
  }
}

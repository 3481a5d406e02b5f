// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.JobState;
import dev.spindle.farm.ShellWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs for tests, all with the id 7. */
final class SomeJobs {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private SomeJobs() {}

  static Job waiting(String... command) {
    JobSpec spec = JobSpec.of(new ShellWork(List.of(command), Map.of())).build();
    return Job.submitted(new JobId(7), spec, AT);
  }

  static Job exited(JobState state, int status, String reason) {
    return ended(state, Optional.of(new JobResult(status, Duration.ofMillis(1500))), reason);
  }

  static Job without(JobState state, String reason) {
    return ended(state, Optional.empty(), reason);
  }

  private static Job ended(JobState state, Optional<JobResult> result, String reason) {
    Job job = waiting("true");
    return new Job(
        job.id(),
        job.spec(),
        state,
        1,
        Optional.empty(),
        AT,
        List.of(),
        Optional.of(new JobEnd(AT, result, reason, List.of())));
  }
}

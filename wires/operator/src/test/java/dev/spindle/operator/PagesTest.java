// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.JobState;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages end where an answer would become too large, but never before their first member. */
class PagesTest {

  private static LogChunk chunk(int chars) {
    return new LogChunk(AttemptId.of(1, 1), 1, LogStream.STDOUT, Instant.EPOCH, "x".repeat(chars));
  }

  @Test
  void aPageOfALogEndsAtItsLimit() {
    LogChunk half = chunk(LogPages.MAX_CHARS / 2);
    assertThat(LogPages.withinAnswer(List.of())).isEmpty();
    assertThat(LogPages.withinAnswer(List.of(half, half))).hasSize(2);
    assertThat(LogPages.withinAnswer(List.of(half, half, chunk(1), chunk(1)))).hasSize(2);
    assertThat(LogPages.withinAnswer(List.of(chunk(LogPages.MAX_CHARS + 1), half))).hasSize(1);
    assertThat(LogPages.withinAnswer(Collections.nCopies(500, chunk(10)))).hasSize(500);
  }

  private static Job job(int chars) {
    var work = new ShellWork(List.of("echo", "x".repeat(chars)), Map.of());
    return Job.submitted(new JobId(1), JobSpec.of(work).build(), Instant.EPOCH);
  }

  @Test
  void aPageOfJobsEndsAtItsLimit() {
    Job third = job((int) JobPages.MAX_CHARS / 3);
    assertThat(JobPages.withinAnswer(List.of())).isEmpty();
    assertThat(JobPages.withinAnswer(List.of(third, third, third))).hasSize(2);
    assertThat(JobPages.withinAnswer(List.of(job((int) JobPages.MAX_CHARS + 1), third))).hasSize(1);
    assertThat(JobPages.withinAnswer(Collections.nCopies(1000, job(100)))).hasSize(1000);
  }

  private static Job with(Attempt attempt) {
    Job job = job(1);
    return new Job(
        job.id(),
        job.spec(),
        JobState.RUNNING,
        attempt.number(),
        Optional.of(attempt.worker()),
        job.submittedAt(),
        List.of(attempt),
        Optional.empty());
  }

  @Test
  void whatAnAttemptHasDeliveredCounts() {
    Attempt begun = Attempt.started(1, new WorkerName("w1"), Instant.EPOCH);
    List<StoredFile> files =
        IntStream.range(0, 2000)
            .mapToObj(n -> new FileName(n + "x".repeat(1000)))
            .map(name -> new StoredFile(name, 1, new Sha256("0".repeat(64)), "0".repeat(32)))
            .toList();
    Job delivering = with(begun.delivered(files));
    assertThat(JobPages.withinAnswer(List.of(delivering, delivering))).hasSize(1);
  }

  @Test
  void howAnAttemptEndedCounts() {
    Attempt begun = Attempt.started(1, new WorkerName("w1"), Instant.EPOCH);
    Job third = with(begun.ended(Instant.EPOCH, "x".repeat((int) JobPages.MAX_CHARS / 3)));
    assertThat(JobPages.withinAnswer(List.of(third, third, third))).hasSize(2);
  }
}

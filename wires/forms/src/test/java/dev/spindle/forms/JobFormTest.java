// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.JobState;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobFormTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final WorkerName W1 = new WorkerName("w1");
  private static final StoredFile OUTPUT =
      new StoredFile(new FileName("a"), 3, new Sha256("1a".repeat(32)), "1b".repeat(16));

  private static Job running(List<StoredFile> delivered) {
    return new Job(
        new JobId(1),
        JobSpec.of(new ShellWork(List.of("true"), Map.of())).build(),
        JobState.RUNNING,
        2,
        Optional.of(W1),
        NOON,
        List.of(
            Attempt.started(1, W1, NOON).ended(NOON.plusSeconds(1), "lost"),
            Attempt.started(2, W1, NOON.plusSeconds(2)).delivered(delivered)),
        Optional.empty());
  }

  private static Map<String, @Nullable Object> newest(Map<String, @Nullable Object> job) {
    @SuppressWarnings("unchecked") // as JobForm makes it
    var attempts = (List<Map<String, @Nullable Object>>) job.get("attempts");
    return attempts.get(attempts.size() - 1);
  }

  @Test
  void whatARunningAttemptHasDeliveredIsInItsForm() {
    Job job = running(List.of(OUTPUT));
    Map<String, @Nullable Object> dict = JobForm.toDict(job);
    assertThat(newest(dict)).containsEntry("outputs", List.of(FileForm.toDict(OUTPUT)));
    assertThat(JobForm.read(Wire.across(dict))).isEqualTo(job);
  }

  @Test
  void anAttemptWithoutOutputsIsRead() {
    Map<String, @Nullable Object> dict = JobForm.toDict(running(List.of(OUTPUT)));
    newest(dict).remove("outputs");
    assertThat(JobForm.read(Wire.across(dict))).isEqualTo(running(List.of()));
  }
}

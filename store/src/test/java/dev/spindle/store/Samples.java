// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.JobState;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoreChange;
import dev.spindle.farm.StoreChange.AppendLog;
import dev.spindle.farm.StoreChange.PutJob;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values to store. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456789Z");
  static final WorkerName W1 = new WorkerName("w1");
  static final StoredFile INPUT =
      new StoredFile(new FileName("src/main.c"), 42, new Sha256("0a".repeat(32)), "0b".repeat(16));
  static final StoredFile OUTPUT =
      new StoredFile(new FileName("out/größe.o"), 0, new Sha256("1a".repeat(32)), "1b".repeat(16));

  private Samples() {}

  /** A spec with everything in it. */
  static JobSpec fullSpec() {
    return JobSpec.of(
            new ShellWork(List.of("cc", "-o", "a b", "\ud83d\ude00"), Map.of("LANG", "C", "A", "")))
        .inputs(List.of(INPUT))
        .outputs(List.of("out/*.o", "*.log"))
        .priority(-7)
        .tags(Set.of("linux", "arm64"))
        .timeout(Duration.ofSeconds(90))
        .maxTime(Duration.ofHours(2).plusNanos(1))
        .exclusive(true)
        .maxAttempts(3)
        .build();
  }

  static JobSpec plainSpec() {
    return JobSpec.of(new ShellWork(List.of("true"), Map.of())).build();
  }

  static Job queued(long id) {
    return Job.submitted(new JobId(id), plainSpec(), NOON.plusSeconds(id));
  }

  /** A job with everything that its state lets it have. */
  static Job in(JobState state, long id) {
    boolean held = state == JobState.ASSIGNED || state == JobState.RUNNING;
    Attempt lost = Attempt.started(1, W1, NOON).ended(NOON.plusMillis(1), "worker lost");
    Attempt last = Attempt.started(3, W1, NOON.plusSeconds(2));
    return new Job(
        new JobId(id),
        fullSpec(),
        state,
        3,
        held ? Optional.of(W1) : Optional.empty(),
        NOON,
        List.of(lost, last),
        state.isFinal() ? Optional.of(end(state)) : Optional.empty());
  }

  /** A running job that has delivered one output so far. */
  static Job delivering(long id) {
    Job running = in(JobState.RUNNING, id);
    Attempt lost = running.attempts().get(0);
    Attempt last = running.attempts().get(1).delivered(List.of(OUTPUT));
    return new Job(
        running.id(),
        running.spec(),
        running.state(),
        running.attempt(),
        running.worker(),
        running.submittedAt(),
        List.of(lost, last),
        Optional.empty());
  }

  private static JobEnd end(JobState state) {
    return state == JobState.SUCCEEDED
        ? new JobEnd(
            NOON.plusSeconds(9),
            Optional.of(new JobResult(0, Duration.ofMillis(6500))),
            "",
            List.of(OUTPUT))
        : new JobEnd(NOON.plusSeconds(9), Optional.empty(), "no \"worker\" left", List.of());
  }

  static LogChunk chunk(long job, long sequence, String text) {
    return new LogChunk(AttemptId.of(job, 1), sequence, LogStream.STDOUT, NOON, text);
  }

  static RegisteredWorker worker(String name) {
    return new RegisteredWorker(
        new WorkerName(name), "hbqueue", "5ebe2294ecd0e0f08eab7690d2a6ee69", NOON);
  }

  static List<StoreChange> put(Job... jobs) {
    return java.util.Arrays.stream(jobs).<StoreChange>map(PutJob::new).toList();
  }

  static List<StoreChange> append(LogChunk... chunks) {
    return List.of(new AppendLog(List.of(chunks)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A farm in which things happen at random, and what its users and workers were told. */
final class FarmModel {
  private static final int MAX_ROUNDS_TO_SETTLE = 200;

  private final Random random;
  private final TestFarm farm = new TestFarm();
  private final List<ModelWorker> workers = new ArrayList<>();
  private final Set<JobId> acknowledged = new HashSet<>();
  private final Map<JobId, Integer> startedUpTo = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Throwable> violations = new ArrayList<>();

  FarmModel(int seed) {
    random = new Random(seed);
    for (String name : List.of("w1", "w2", "w3")) {
      farm.register(name);
      workers.add(new ModelWorker(name, 1 + random.nextInt(2), random.nextBoolean(), this));
    }
  }

  Map<String, Integer> seen() {
    return seen;
  }

  FakeJobStore.Disk disk() {
    return farm.store.disk();
  }

  TestFarm farm() {
    return farm;
  }

  /** Checks what was answered; a stage would swallow what is thrown in it. */
  private <T> void heard(String what, CompletionStage<T> answer, Consumer<T> check) {
    answer.whenComplete(
        (value, error) -> {
          boolean told = value instanceof Boolean valid ? valid : error == null;
          note(what + (error == null ? " " + told : " failed"));
          if (error == null && told) {
            try {
              check.accept(value);
            } catch (RuntimeException | AssertionError e) {
              violations.add(e);
            }
          }
        });
  }

  private void assertNoViolation() {
    if (!violations.isEmpty()) {
      throw new AssertionError(violations.get(0).getMessage(), violations.get(0));
    }
  }

  void note(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  void step() {
    ModelWorker worker = workers.get(random.nextInt(workers.size()));
    switch (random.nextInt(30)) {
      case 0, 1, 2 -> submit();
      case 3 -> cancel();
      case 4, 5, 6 -> worker.startOne(random);
      case 7, 8, 9 -> worker.finishOne(random);
      case 10 -> worker.failOne(random);
      case 11 -> worker.refuseOne(random);
      case 12, 13 -> worker.tell(random);
      case 14 -> worker.disconnect(random.nextInt(4) == 0);
      case 15, 16, 17 -> worker.connect();
      case 18 -> pass(Duration.ofSeconds(random.nextInt(45)));
      case 19, 20 -> farm.store.makeNext();
      case 21 -> disturb();
      case 22 -> worker.obey();
      case 23, 24 -> worker.haunt(random);
      case 25, 26, 27, 28 -> worker.deliverOne(random);
      default -> farm.loop.run();
    }
    if (random.nextInt(3) > 0) {
      farm.loop.run(); // otherwise what comes next crosses on the way
    }
    assertNoViolation();
  }

  private void disturb() {
    switch (random.nextInt(6)) {
      case 0 -> crash();
      case 1 -> farm.store.failing(true);
      case 2 -> farm.store.failing(false);
      case 3 -> farm.store.hold();
      default -> farm.store.release();
    }
  }

  private void crash() {
    note("crash");
    farm.restart(random.nextInt(3));
    workers.forEach(ModelWorker::controllerDied);
  }

  private void pass(Duration time) {
    workers.stream().filter(w -> random.nextInt(3) > 0).forEach(ModelWorker::alive);
    farm.loop.advance(time);
  }

  private void submit() {
    JobSpec spec =
        TestFarm.spec()
            .priority(random.nextInt(3))
            .maxAttempts(1 + random.nextInt(4))
            .exclusive(random.nextBoolean())
            .build();
    heard(
        "submitted",
        farm.controller.submit(spec),
        job -> {
          assertThat(disk().jobs).as("acknowledged is on disk").containsKey(job.id());
          acknowledged.add(job.id());
        });
  }

  private void cancel() {
    if (acknowledged.isEmpty()) {
      return;
    }
    List<JobId> all = List.copyOf(acknowledged);
    JobId id = all.get(random.nextInt(all.size()));
    heard(
        "cancelled",
        farm.controller.cancel(id, "changed my mind"),
        job -> {
          assertThat(job.state().isFinal()).isTrue();
          assertThat(disk().jobs.get(id)).isEqualTo(job);
        });
  }

  /** A worker hears an answer to its start. */
  void heardStart(AttemptId attempt, CompletionStage<Boolean> answer) {
    heard(
        "started",
        answer,
        valid -> {
          assertThat(recorded(attempt)).as("acknowledged is on disk").hasSize(1);
          assertNewest(attempt);
          startedUpTo.put(attempt.job(), attempt.attempt());
        });
  }

  /** A worker hears an answer that only the one valid attempt of a job may get. */
  void heardProgress(AttemptId attempt, CompletionStage<Boolean> answer) {
    heard("progress", answer, valid -> assertNewest(attempt));
  }

  private void assertNewest(AttemptId attempt) {
    assertThat(attempt.attempt())
        .as("no two valid attempts")
        .isGreaterThanOrEqualTo(startedUpTo.getOrDefault(attempt.job(), 0));
  }

  private List<Attempt> recorded(AttemptId id) {
    return disk().jobs.get(id.job()).attempts().stream()
        .filter(a -> a.number() == id.attempt())
        .toList();
  }

  void heardLog(AttemptId attempt, String text, CompletionStage<Boolean> answer) {
    heard(
        "log",
        answer,
        valid ->
            assertThat(farm.store.logOf(attempt.job())).extracting(LogChunk::text).contains(text));
  }

  void heardDelivery(AttemptId attempt, StoredFile file, CompletionStage<Boolean> answer) {
    heard(
        "delivered",
        answer,
        delivered -> {
          assertThat(recorded(attempt)).as("acknowledged is on disk").hasSize(1);
          assertThat(recorded(attempt).get(0).outputs()).contains(file);
        });
  }

  void heardEnd(AttemptId attempt, String outcome, CompletionStage<Boolean> answer) {
    heard(
        "ended",
        answer,
        valid ->
            assertThat(recorded(attempt))
                .extracting(a -> a.outcome().orElse("none"))
                .singleElement()
                .matches(known -> Outcomes.same(known, outcome)));
  }

  /** All is well from now on: every job must come to its end. */
  void settle() {
    farm.store.failing(false);
    farm.store.release();
    farm.loop.run();
    for (int round = 0; round < MAX_ROUNDS_TO_SETTLE; round++) {
      workers.forEach(ModelWorker::connect);
      workers.forEach(ModelWorker::alive);
      farm.loop.run();
      workers.forEach(ModelWorker::work);
      farm.loop.advance(Duration.ofSeconds(2));
      if (allEnded() && idle()) {
        assertSettled();
        assertNoViolation();
        return;
      }
    }
    throw new AssertionError("the farm does not settle: " + disk().jobs.values());
  }

  private boolean allEnded() {
    return disk().jobs.values().stream().allMatch(job -> job.state().isFinal());
  }

  private boolean idle() {
    return farm.answer(farm.controller.workers()).stream()
        .allMatch(view -> view.running().isEmpty() && view.waiting().isEmpty());
  }

  private void assertSettled() {
    assertThat(disk().jobs.keySet()).containsAll(acknowledged);
    assertThat(farm.store.pending()).isZero();
    for (Job job : disk().jobs.values()) {
      note(job.state().name());
      job.attempts().stream()
          .filter(a -> a.outcome().orElse("").startsWith("lost: "))
          .filter(a -> a.outcome().orElse("").contains("no sign of life"))
          .forEach(a -> note("lease"));
      assertThat(farm.job(job.id())).isEqualTo(job);
    }
  }
}

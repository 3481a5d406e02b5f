// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Connection;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerName;
import dev.spindle.farm.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker in this process whose jobs a test carries out by hand. */
final class FakeWorker implements Connection {
  /** One assignment, and where to report it. */
  record Given(Assignment assignment, JobReport report) {}

  private final BlockingQueue<Given> given = new LinkedBlockingQueue<>();

  /** The next job, once it is here. */
  Given next() throws InterruptedException {
    Given next = given.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no job came within 10 s");
    }
    return next;
  }

  @Override
  public WorkerInfo info() {
    return new WorkerInfo(
        new WorkerName("w1"),
        "fake",
        "10.0.0.1:5",
        "7.8",
        Set.of("gpu"),
        2,
        8,
        Set.of("shell"),
        Set.of(),
        List.of(),
        "boot",
        true);
  }

  @Override
  public CompletionStage<Void> start(Assignment assignment, JobReport report) {
    given.add(new Given(assignment, report));
    return done();
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<WorkerStatus> status() {
    var running =
        new WorkerStatus.Running(AttemptId.of(1, 1), OptionalDouble.of(50), Duration.ofSeconds(3));
    return CompletableFuture.completedStage(new WorkerStatus(List.of(running), 1.5, 1L << 54));
  }

  @Override
  public CompletionStage<Boolean> interrupt(AttemptId attempt, String why) {
    return CompletableFuture.completedStage(false);
  }

  @Override
  public CompletionStage<Void> print(String text) {
    return done();
  }

  @Override
  public CompletionStage<Void> withdraw(AttemptId attempt) {
    return done();
  }

  @Override
  public CompletionStage<Void> shutdown(boolean graceful) {
    return done();
  }

  @Override
  public void close(String why) {}

  @Override
  public void watch(Watcher watcher) {}
}

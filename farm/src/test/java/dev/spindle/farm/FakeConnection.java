// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A worker's connection that writes down what the farm asks of it. */
final class FakeConnection implements Connection {
  private final WorkerInfo info;
  private @Nullable Watcher watcher;

  /** Attempts that were handed over and not taken back, with their handles, in order. */
  final Map<AttemptId, JobReport> queue = new LinkedHashMap<>();

  /** Every handle there ever was. */
  final Map<AttemptId, JobReport> everHanded = new LinkedHashMap<>();

  final List<Assignment> assignments = new ArrayList<>();
  final List<AttemptId> withdrawn = new ArrayList<>();
  final Map<AttemptId, String> interrupted = new LinkedHashMap<>();
  final List<String> closed = new ArrayList<>();
  boolean startFails;
  CompletionStage<Boolean> interruptAnswer = CompletableFuture.completedStage(true);
  CompletionStage<WorkerStatus> statusAnswer =
      CompletableFuture.completedStage(new WorkerStatus(List.of(), 0, 0));

  FakeConnection(WorkerInfo info) {
    this.info = info;
  }

  @Override
  public WorkerInfo info() {
    return info;
  }

  @Override
  public CompletionStage<Void> print(String text) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> start(Assignment assignment, JobReport report) {
    assignments.add(assignment);
    if (startFails) {
      return CompletableFuture.failedStage(
          new FarmException(FarmException.Code.NOT_CONNECTED, "nobody listens"));
    }
    queue.put(assignment.id(), report);
    everHanded.put(assignment.id(), report);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> withdraw(AttemptId attempt) {
    withdrawn.add(attempt);
    queue.remove(attempt);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Boolean> interrupt(AttemptId attempt, String why) {
    interrupted.put(attempt, why);
    return interruptAnswer;
  }

  @Override
  public CompletionStage<WorkerStatus> status() {
    return statusAnswer;
  }

  @Override
  public CompletionStage<Void> shutdown(boolean graceful) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void close(String why) {
    closed.add(why);
  }

  @Override
  public void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  Watcher watcher() {
    return Optional.ofNullable(watcher).orElseThrow();
  }

  /** The attempts it was given, in order. */
  List<AttemptId> attempts() {
    return List.copyOf(queue.keySet());
  }

  JobReport report(AttemptId attempt) {
    return Optional.ofNullable(queue.get(attempt)).orElseThrow();
  }

  /** The handle of the only attempt it has. */
  JobReport only() {
    if (queue.size() != 1) {
      throw new AssertionError("expected one attempt: " + queue.keySet());
    }
    return queue.values().iterator().next();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the protocol has it: it goes on with its jobs when the connection breaks, names them
 * when it is back, and says an end again until it is acknowledged.
 */
final class ModelWorker {
  private final String name;
  private final int slots;
  private final boolean queues;
  private final FarmModel model;
  private final Set<AttemptId> running = new HashSet<>();
  private final Map<AttemptId, ModelOutputs> outputs = new HashMap<>();
  private final Map<AttemptId, End> ends = new HashMap<>();
  private final Set<AttemptId> obeyed = new HashSet<>();
  private final List<FakeConnection> past = new ArrayList<>();
  private @Nullable FakeConnection connection;
  private int lines;

  /** How an attempt ended here, until that is acknowledged. */
  private record End(int exit, String why, boolean retry) {
    CompletionStage<Boolean> say(JobReport report) {
      return exit >= 0
          ? report.finished(new JobResult(exit, Duration.ZERO))
          : report.failed(why, retry);
    }

    String outcome() {
      return exit >= 0 ? "exit status " + exit : "failed: " + why;
    }
  }

  ModelWorker(String name, int slots, boolean queues, FarmModel model) {
    this.name = name;
    this.slots = slots;
    this.queues = queues;
    this.model = model;
  }

  void connect() {
    FakeConnection old = connection;
    if (old != null && old.closed.isEmpty()) {
      return;
    }
    List<AttemptId> named = new ArrayList<>(running);
    ends.keySet().stream().filter(id -> !running.contains(id)).forEach(named::add);
    WorkerInfo info = TestFarm.tagged(TestFarm.info(name, slots, named), Set.of(), queues);
    var fresh = new FakeConnection(info);
    connection = fresh;
    past.add(fresh);
    obeyed.clear();
    CompletionStage<Void> offered = model.farm().controller.offer(fresh);
    model.farm().loop.run();
    if (offered.toCompletableFuture().isDone()) { // else a change of what it runs is under way
      offered.toCompletableFuture().join();
    }
    named.stream().filter(fresh.queue::containsKey).forEach(this::continued);
  }

  private void continued(AttemptId attempt) {
    model.note("continued");
    if (!outputs(attempt).acknowledged().isEmpty() && !outputs(attempt).isComplete()) {
      model.note("continued between outputs");
    }
  }

  private ModelOutputs outputs(AttemptId attempt) {
    return outputs.computeIfAbsent(attempt, id -> new ModelOutputs(id, model));
  }

  void disconnect(boolean goodbye) {
    FakeConnection old = connection;
    if (old == null) {
      return;
    }
    connection = null;
    if (goodbye) {
      running.clear();
      ends.clear();
    }
    old.watcher().disconnected(goodbye, "the model says so");
  }

  void controllerDied() {
    connection = null;
    past.clear();
  }

  void alive() {
    if (connection != null && connection.closed.isEmpty()) {
      connection.watcher().alive();
    }
  }

  private <T> @Nullable T any(Collection<T> all, Random random) {
    List<T> list = List.copyOf(all);
    return list.isEmpty() ? null : list.get(random.nextInt(list.size()));
  }

  private @Nullable JobReport handle(@Nullable AttemptId attempt) {
    return connection == null || attempt == null ? null : connection.queue.get(attempt);
  }

  void startOne(Random random) {
    if (connection != null) {
      start(any(connection.queue.keySet(), random));
    }
  }

  private void start(@Nullable AttemptId attempt) {
    JobReport report = handle(attempt);
    FakeConnection here = connection;
    if (report == null || here == null || attempt == null || ends.containsKey(attempt)) {
      return;
    }
    CompletionStage<Boolean> answer = report.started();
    model.heardStart(attempt, answer);
    answer.thenAccept(
        valid -> {
          if (here != connection) {
            return; // the answer was lost with the connection
          }
          if (valid) {
            running.add(attempt);
          } else {
            forget(attempt);
          }
        });
  }

  private void forget(AttemptId attempt) {
    running.remove(attempt);
    ends.remove(attempt);
    if (connection != null) {
      connection.queue.remove(attempt);
    }
  }

  /** Offers an output of a running job, or asks what became of it. */
  void deliverOne(Random random) {
    AttemptId attempt = any(running, random);
    JobReport report = handle(attempt);
    if (report == null || attempt == null) {
      return;
    }
    if (random.nextInt(4) > 0) {
      outputs(attempt).offer(report, random.nextInt(4) > 0);
    }
    outputs(attempt).ask(report);
  }

  void finishOne(Random random) {
    AttemptId attempt = any(running, random);
    boolean fails = random.nextInt(4) == 0;
    if (attempt != null && (fails || outputs(attempt).noneUnderWay())) {
      end(attempt, new End(fails ? 1 : 0, "", false));
    }
  }

  void failOne(Random random) {
    boolean early = random.nextBoolean() && connection != null;
    end(
        any(early && connection != null ? connection.queue.keySet() : running, random),
        new End(-1, "broke", random.nextInt(3) > 0));
  }

  private void end(@Nullable AttemptId attempt, End end) {
    if (attempt != null) {
      ends.putIfAbsent(attempt, end);
      running.remove(attempt);
      sayEnd(attempt);
    }
  }

  private void sayEnd(AttemptId attempt) {
    JobReport report = handle(attempt);
    End end = ends.get(attempt);
    FakeConnection here = connection;
    if (report == null || end == null) {
      return;
    }
    CompletionStage<Boolean> answer = end.say(report);
    model.heardEnd(attempt, end.outcome(), answer);
    answer.thenAccept(
        valid -> {
          if (here == connection) {
            forget(attempt);
          }
        });
  }

  void refuseOne(Random random) {
    AttemptId attempt = connection == null ? null : any(connection.queue.keySet(), random);
    JobReport report = handle(attempt);
    if (report != null && attempt != null && !running.contains(attempt)) {
      report.refuse("not now").thenAccept(valid -> forget(attempt));
    }
  }

  void tell(Random random) {
    AttemptId attempt = connection == null ? null : any(connection.queue.keySet(), random);
    JobReport report = handle(attempt);
    if (report == null || attempt == null) {
      return;
    }
    if (random.nextBoolean()) {
      model.heardProgress(attempt, report.progress(OptionalDouble.empty(), ""));
    } else {
      String text = name + " line " + lines++;
      model.heardLog(attempt, text, report.log(LogStream.STDOUT, text));
    }
  }

  /** Says something by a handle from any time, as a message does that was long on its way. */
  void haunt(Random random) {
    FakeConnection then = any(past, random);
    AttemptId attempt = then == null ? null : any(then.everHanded.keySet(), random);
    JobReport report = then == null || attempt == null ? null : then.everHanded.get(attempt);
    if (report == null || attempt == null) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> model.heardStart(attempt, report.started());
      case 1 -> model.heardProgress(attempt, report.progress(OptionalDouble.empty(), ""));
      case 2 -> {
        String text = name + " ghost " + lines++;
        model.heardLog(attempt, text, report.log(LogStream.STDERR, text));
      }
      default -> {
        var end = new End(0, "", false);
        model.heardEnd(attempt, end.outcome(), end.say(report));
      }
    }
  }

  /** Stops what it was told to stop. */
  void obey() {
    if (connection == null) {
      return;
    }
    for (AttemptId attempt : connection.interrupted.keySet()) {
      if (obeyed.add(attempt)) {
        JobReport report = handle(attempt);
        if (report != null) {
          report.failed("stopped", false);
        }
        forget(attempt);
      }
    }
  }

  private void complete(AttemptId attempt) {
    JobReport report = handle(attempt);
    if (report == null || outputs(attempt).isComplete()) {
      end(attempt, new End(0, "", false));
    } else {
      outputs(attempt).offer(report, true);
      outputs(attempt).ask(report);
    }
  }

  /** Does all that there is to do. */
  void work() {
    obey();
    List.copyOf(ends.keySet()).forEach(this::sayEnd);
    List.copyOf(running).forEach(this::complete);
    FakeConnection here = connection;
    if (here != null) {
      List.copyOf(here.queue.keySet()).stream()
          .filter(id -> !running.contains(id))
          .limit(slots)
          .forEach(this::start);
    }
  }
}

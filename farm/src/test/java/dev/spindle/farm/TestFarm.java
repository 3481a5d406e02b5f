// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A controller with a loop by hand, a store in memory and workers that do what the test says. */
final class TestFarm {
  static final Duration LEASE = Duration.ofSeconds(60);
  static final JobResult SUCCESS = new JobResult(0, Duration.ofSeconds(1));

  final ManualFarmLoop loop = new ManualFarmLoop();
  final FakeDepot depot = new FakeDepot();
  final List<FarmEvent> events = new ArrayList<>();
  private final ControllerSettings settings;
  FakeJobStore store = new FakeJobStore();
  Controller controller;

  TestFarm() {
    this(ControllerSettings.withLease(LEASE));
  }

  TestFarm(ControllerSettings settings) {
    this.settings = settings;
    controller = start();
  }

  private Controller start() {
    Controller started = Controller.start(loop, store, depot, settings);
    loop.run();
    started.watch(events::add);
    loop.run();
    return started;
  }

  /** Crashes and starts again; {@code made} of the commits under way got to the disk. */
  void restart(int made) {
    loop.kill();
    store = store.crash(made);
    depot.restart();
    controller = start();
  }

  /** The defaults with narrow limits. */
  static ControllerSettings narrow() {
    return new ControllerSettings(
        LEASE, 3, 2, 2, 20, 30, 2, Duration.ofSeconds(10), Duration.ofSeconds(30), LEASE);
  }

  static WorkerName name(String name) {
    return new WorkerName(name);
  }

  static WorkerInfo info(String name, int slots) {
    return info(name, slots, List.of());
  }

  static WorkerInfo info(String name, int slots, List<AttemptId> running) {
    return new WorkerInfo(
        name(name),
        "test",
        "10.0.0.1:1000",
        "1",
        Set.of(),
        slots,
        1,
        Set.of("shell"),
        Set.of(),
        running,
        "boot-" + name,
        true);
  }

  static WorkerInfo from(WorkerInfo info, String address, String boot) {
    return new WorkerInfo(
        info.name(),
        info.wire(),
        address,
        info.version(),
        info.tags(),
        info.slots(),
        info.cpus(),
        info.kinds(),
        info.holds(),
        info.running(),
        boot,
        info.queues());
  }

  static WorkerInfo tagged(WorkerInfo info, Set<String> tags, boolean queues) {
    return new WorkerInfo(
        info.name(),
        info.wire(),
        info.address(),
        info.version(),
        tags,
        info.slots(),
        info.cpus(),
        info.kinds(),
        info.holds(),
        info.running(),
        info.boot(),
        queues);
  }

  void register(String name) {
    answer(
        controller.register(
            new RegisteredWorker(name(name), "test", "0".repeat(32), Instant.EPOCH)));
  }

  /** Registers and attaches. */
  FakeConnection join(String name, int slots) {
    register(name);
    return join(info(name, slots));
  }

  FakeConnection join(WorkerInfo info) {
    var connection = new FakeConnection(info);
    answer(controller.offer(connection));
    return connection;
  }

  static JobSpec.Builder spec() {
    return JobSpec.of(new ShellWork(List.of("true"), Map.of()));
  }

  JobId submit() {
    return submit(spec().build());
  }

  JobId submit(JobSpec spec) {
    return answer(controller.submit(spec)).id();
  }

  Job job(JobId id) {
    return answer(controller.job(id));
  }

  WorkerView worker(String name) {
    return answer(controller.workers()).stream()
        .filter(view -> view.name().equals(name(name)))
        .findFirst()
        .orElseThrow();
  }

  /** Runs the loop, and takes what it answered. */
  <T> T answer(CompletionStage<T> stage) {
    loop.run();
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (!future.isDone()) {
      throw new AssertionError("the farm has not answered");
    }
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FarmException known) {
        throw known;
      }
      throw e;
    }
  }

  boolean answered(CompletionStage<?> stage) {
    loop.run();
    return stage.toCompletableFuture().isDone();
  }

  /** The code with which a stage was refused. */
  FarmException refusal(CompletionStage<?> stage) {
    try {
      answer(stage);
    } catch (FarmException e) {
      return e;
    }
    throw new AssertionError("expected a refusal");
  }

  /** A job that one worker with one slot has started. */
  JobId running(FakeConnection worker) {
    return running(worker, spec().build());
  }

  JobId running(FakeConnection worker, JobSpec spec) {
    JobId id = submit(spec);
    AttemptId attempt = attemptAt(worker, id);
    if (!answer(worker.report(attempt).started())) {
      throw new AssertionError("attempt " + attempt + " could not start");
    }
    return id;
  }

  static AttemptId attemptAt(FakeConnection worker, JobId id) {
    return worker.attempts().stream()
        .filter(a -> a.job().equals(id))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("job " + id + " is not there"));
  }

  <E extends FarmEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<JobState> states(JobId id) {
    return events(FarmEvent.JobChanged.class).stream()
        .map(FarmEvent.JobChanged::job)
        .filter(job -> job.id().equals(id))
        .map(Job::state)
        .toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.DepotAddress;
import dev.spindle.farm.WorkerName;
import dev.spindle.hbqueue.HbWorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A controller on loopback with what it takes for commands to find it, and workers if asked. */
final class TestFarm implements AutoCloseable {
  private final Path home;
  private final DataDirectory data;
  private final RunningController controller;
  private final Deque<RunningWorker> workers = new ArrayDeque<>();

  private TestFarm(Path home) throws IOException {
    this.home = home;
    data = new DataDirectory(home.resolve("data"));
    controller =
        RunningController.start(
            new ControllerSetup(
                data, new HostPort("127.0.0.1", 0), DepotAddress.LOOPBACK, Duration.ofSeconds(60)),
            Secrets.read(data.operatorSecret()));
    data.publish(controller.pb());
  }

  static TestFarm in(Path home) throws IOException {
    DataDirectory data = new DataDirectory(home.resolve("data"));
    data.create();
    Secrets.write(data.operatorSecret(), Secrets.random());
    return again(home);
  }

  /** A controller that finds what an earlier one left. */
  static TestFarm again(Path home) throws IOException {
    return new TestFarm(home);
  }

  HostPort pb() {
    return controller.pb();
  }

  DataDirectory data() {
    return data;
  }

  /** Registers a worker with the command for it, and starts one that waits until it is let in. */
  void addWorker(String name, String... tags) throws IOException {
    Path secretFile = home.resolve(name + ".secret");
    CommandRun added = run("worker-add", "--secret-file", secretFile.toString(), name);
    if (added.exit() != 0) {
      throw new IllegalStateException(added.err());
    }
    HbWorkerSettings connection =
        HbWorkerSettings.of(
            pb().host(), pb().port(), new WorkerName(name), Secrets.read(secretFile), "test");
    RunningWorker worker =
        RunningWorker.start(home.resolve("worker-" + name), 1, Set.of(tags), connection);
    workers.push(worker);
    worker.registered().join();
  }

  /** Runs a command that finds this controller by its data directory. */
  CommandRun run(String command, String... args) {
    List<String> all = new ArrayList<>(List.of(command, "--data", data.path().toString()));
    all.addAll(Arrays.asList(args));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** Submits a job, and answers with its id. */
  String submit(String... args) {
    CommandRun submitted = run("submit", args);
    if (submitted.exit() != 0) {
      throw new IllegalStateException(submitted.err());
    }
    return submitted.out().strip();
  }

  /** Ends the controller alone. */
  void endController() {
    controller.close();
  }

  @Override
  public void close() {
    workers.forEach(RunningWorker::close);
    controller.close();
  }
}

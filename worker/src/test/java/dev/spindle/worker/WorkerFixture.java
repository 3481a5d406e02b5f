// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker in a temporary directory, a depot beside it, and jobs of one shell line. */
@Timeout(30)
abstract class WorkerFixture {
  static final Duration LEASE = Duration.ofSeconds(60);

  @TempDir Path temp;
  TestDepot depot;
  Worker worker;

  void startWorker(UnaryOperator<WorkerSettings.Builder> change) throws IOException {
    if (depot == null) {
      depot = new TestDepot(temp.resolve("depot"));
    }
    worker = Worker.start(change.apply(WorkerSettings.in(temp.resolve("worker"), depot)).build());
  }

  void startWorker() throws IOException {
    startWorker(settings -> settings.log(new LogLimits(Duration.ofMillis(20), 1024, 4, 100_000)));
  }

  @AfterEach
  void closeWorker() {
    if (worker != null) {
      worker.close();
    }
  }

  static JobSpec.Builder shell(String line) {
    return JobSpec.of(new ShellWork(List.of("sh", "-c", line), Map.of()));
  }

  static Assignment job(int id, JobSpec.Builder spec) {
    return new Assignment(AttemptId.of(id, 1), spec.build(), LEASE);
  }

  static Assignment job(int id, String line) {
    return job(id, shell(line));
  }

  TestReport report() {
    return new TestReport(depot);
  }

  /** Takes a job and waits for its end. */
  TestReport run(Assignment job) {
    TestReport report = report();
    worker.take(job, report);
    awaitEnd(report);
    return report;
  }

  static void awaitEnd(TestReport report) {
    await().until(() -> !report.end().isEmpty());
  }

  /** Waits until nothing is left of any attempt, in memory and on disk. */
  void awaitNothingHeld() throws IOException {
    await().until(() -> worker.running().isEmpty() && worker.unacknowledged().isEmpty());
    await().until(() -> isEmpty("attempts") && isEmpty("journal"));
  }

  boolean isEmpty(String folder) throws IOException {
    try (var files = Files.list(temp.resolve("worker").resolve(folder))) {
      return files.findAny().isEmpty();
    }
  }
}

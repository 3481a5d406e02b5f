// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.WorkerName;
import dev.spindle.worker.FtpFiles;
import dev.spindle.worker.LogLimits;
import dev.spindle.worker.Worker;
import dev.spindle.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real worker in a temporary directory, and its agent. */
@Timeout(30)
abstract class WorkerFixture {
  static final String SECRET = "sesame-4711";

  @TempDir Path temp;
  final FtpFiles files = new FtpFiles();
  Worker worker;
  HbQueueWorker agent;

  Worker startWorker(int slots) throws IOException {
    worker =
        Worker.start(
            WorkerSettings.in(temp.resolve("worker"), files)
                .slots(slots)
                .killGrace(Duration.ofMillis(100))
                .log(new LogLimits(Duration.ofMillis(10), 4096, 4, 1 << 20))
                .build());
    return worker;
  }

  static HbWorkerSettings settings(int port, String secret, Duration silence) {
    return new HbWorkerSettings(
        "127.0.0.1",
        port,
        new WorkerName("w1"),
        secret,
        "test",
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        silence);
  }

  void startAgent(int port, Duration silence) {
    agent = HbQueueWorker.start(settings(port, SECRET, silence), worker);
  }

  void startAgent(int port) {
    startAgent(port, Duration.ofSeconds(60));
  }

  @AfterEach
  void stopWorker() {
    if (agent != null) {
      agent.close();
    }
    if (worker != null) {
      worker.close();
    }
    files.close();
  }

  static JobSpec.Builder shell(String line) {
    return JobSpec.of(new ShellWork(List.of("sh", "-c", line), Map.of()));
  }

  static Assignment job(long id, JobSpec.Builder spec, Duration lease) {
    return new Assignment(AttemptId.of(id, 1), spec.build(), lease);
  }

  static ScriptedJob job(long id, String line) {
    return new ScriptedJob(job(id, shell(line), Duration.ofSeconds(60)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.hbqueue.HbQueueWorker;
import dev.spindle.hbqueue.HbWorkerSettings;
import dev.spindle.worker.FtpFiles;
import dev.spindle.worker.Worker;
import dev.spindle.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A worker with its connection to the controller. */
final class RunningWorker implements AutoCloseable {
  private final FtpFiles files;
  private final Worker worker;
  private final HbQueueWorker agent;

  private RunningWorker(FtpFiles files, Worker worker, HbQueueWorker agent) {
    this.files = files;
    this.worker = worker;
    this.agent = agent;
  }

  /**
   * Starts a worker, which then connects in the background.
   *
   * @throws IOException when its directory cannot be used, or another worker uses it
   */
  static RunningWorker start(Path dir, int slots, Set<String> tags, HbWorkerSettings connection)
      throws IOException {
    FtpFiles files = new FtpFiles();
    Worker worker = Worker.start(WorkerSettings.in(dir, files).slots(slots).tags(tags).build());
    return new RunningWorker(files, worker, HbQueueWorker.start(connection, worker));
  }

  /** See {@link HbQueueWorker#registered}. */
  CompletableFuture<Void> registered() {
    return agent.registered();
  }

  /** See {@link HbQueueWorker#ended}. */
  CompletableFuture<Void> ended() {
    return agent.ended();
  }

  /** Stops what runs, so that nothing of it is left, and leaves the controller. */
  @Override
  public void close() {
    worker.shutdown(false).join();
    agent.close();
    worker.close();
    files.close();
  }
}

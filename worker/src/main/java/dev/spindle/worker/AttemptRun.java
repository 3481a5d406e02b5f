// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.FileName;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.WorkerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt, from fetching its inputs until its outputs are delivered.
 *
 * <p>Thread: {@link #run} is for one thread and blocks; the rest may be called from any.
 */
final class AttemptRun {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  private final Assignment assignment;
  private final JobSpec spec;
  private final ReportLine line;
  private final WorkerSettings settings;
  private final InputCache cache;
  private final Path dir;
  private final Path work;
  private final String marker;
  private final long since;
  private final Halt halt = new Halt();
  private final AttemptLog log;
  private final ProgressLine progress;

  /**
   * Makes an attempt that has not begun.
   *
   * @param dir the attempt's own, which does not exist
   * @param workerId the beginning of its processes' marker
   */
  AttemptRun(
      Assignment assignment,
      ReportLine line,
      WorkerSettings settings,
      InputCache cache,
      Path dir,
      String workerId) {
    this.assignment = assignment;
    this.spec = assignment.spec();
    this.line = line;
    this.settings = settings;
    this.cache = cache;
    this.dir = dir;
    this.work = dir.resolve("work");
    this.marker = workerId + ":" + assignment.id() + ":" + UUID.randomUUID();
    this.since = settings.time().nanoTime();
    this.log = new AttemptLog(line, settings, halt, new LogSpool(dir.resolve("log")));
    this.progress = new ProgressLine(line, halt);
  }

  /** Ends it early, whatever it is doing; false when it was ended before. */
  boolean halt(AttemptOver why) {
    if (!halt.request(why)) {
      return false;
    }
    if (why.end().isEmpty()) {
      log.discard();
    }
    return true;
  }

  WorkerStatus.Running status() {
    Duration elapsed = Duration.ofNanos(settings.time().nanoTime() - since);
    return new WorkerStatus.Running(assignment.id(), progress.percent(), elapsed);
  }

  /**
   * Does it all. When it returns, no process of the attempt is alive and its working directory is
   * gone.
   *
   * @return the end to report; empty when the assignment is no longer valid
   */
  Optional<AttemptEnd> run() {
    Optional<AttemptEnd> end = outcome();
    progress.end();
    try {
      Disk.deleteTree(work);
    } catch (IOException e) {
      LOG.warn("attempt {}: {} stays: {}", assignment.id(), work, e.toString());
    }
    return end;
  }

  private Optional<AttemptEnd> outcome() {
    try {
      return Optional.of(work());
    } catch (AttemptOver e) {
      return e.end().map(failed -> failed);
    } catch (InvalidPathException e) {
      return failed(
          "the worker's locale has no '" + e.getInput() + "': start it with UTF-8", false);
    } catch (IOException e) {
      String full = Disk.isFull(e) ? "the worker's disk is full: " : "";
      return failed(full + e.getMessage(), true);
    } catch (InterruptedException e) {
      return failed("the worker's thread was interrupted", true);
    } catch (RuntimeException e) {
      LOG.error("attempt {} met a fault of the worker", assignment.id(), e);
      return failed("a fault of the worker: " + e, true);
    }
  }

  private static Optional<AttemptEnd> failed(String why, boolean retry) {
    return Optional.of(new AttemptEnd.Failed(why, retry));
  }

  private AttemptEnd work() throws IOException, InterruptedException {
    OutputPatterns patterns = OutputPatterns.of(spec.outputs());
    Files.createDirectories(work);
    halt.interruptibly(this::begin);
    progress.update(OptionalDouble.empty(), "running");
    var command = new JobCommand(assignment.id(), spec, settings, log, halt);
    JobResult result = command.run(work, marker);
    OutputPatterns.Found found = patterns.in(work, result.exit() == 0);
    for (String remark : found.remarks()) {
      log.remark(remark);
    }
    halt.interruptibly(() -> deliver(found.files()));
    return new AttemptEnd.Finished(result);
  }

  private boolean begin() throws IOException, InterruptedException {
    new Inputs(line, settings.transfer(), cache, progress).fetchAll(spec.inputs(), work);
    if (!line.ask(JobReport::started)) {
      throw AttemptOver.gone();
    }
    return true;
  }

  private boolean deliver(List<FileName> files) throws IOException, InterruptedException {
    new Outputs(line, settings.transfer(), progress).deliverAll(work, files);
    return true;
  }

  /**
   * Waits until the log is delivered, over several connections if need be. Then, or when the
   * attempt is no longer valid, the last of its files go.
   */
  void finishLog() throws InterruptedException {
    log.drain();
    discard();
  }

  /** Nothing more is delivered; the last of its files go. */
  void discard() {
    try {
      log.close();
      Disk.deleteTree(dir);
    } catch (IOException e) {
      LOG.warn("attempt {}: {} stays: {}", assignment.id(), dir, e.toString());
    }
  }
}

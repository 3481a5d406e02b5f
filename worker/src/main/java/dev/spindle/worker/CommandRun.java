// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.LogStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a command, from its start until nothing of it is left.
 *
 * <p>Thread: {@link #await} is for one thread and blocks; the rest may be called from any.
 */
public final class CommandRun {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRun.class);

  /** How long a pipe may stay open and silent after every process of the command is dead. */
  private static final long PIPE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What may still end by itself after the command, such as the last stage of a pipeline. */
  private static final Duration SETTLE = Duration.ofMillis(200);

  private final ProcessTree tree;
  private final OutputPump stdout;
  private final OutputPump stderr;
  private final long started = System.nanoTime();
  private final CompletableFuture<Long> exited;
  private final CompletableFuture<Duration> stopped = new CompletableFuture<>();

  private CommandRun(ProcessTree tree, CommandOutput output) {
    this.tree = tree;
    this.stdout = new OutputPump(LogStream.STDOUT, tree.stdout(), output, this::stopNow);
    this.stderr = new OutputPump(LogStream.STDERR, tree.stderr(), output, this::stopNow);
    this.exited = tree.exit().thenApply(status -> System.nanoTime());
  }

  /**
   * Starts a command. A program that is not found, or is not executable, is a run that ends with
   * status 127 or 126 and a line on its standard error.
   *
   * @param threads runs the two readers of the output; must have a thread for each at once
   * @throws IOException when no process came about: a missing directory, too long arguments, no
   *     room
   */
  public static CommandRun start(Command command, CommandOutput output, Executor threads)
      throws IOException {
    var run = new CommandRun(ProcessTree.start(command), output);
    threads.execute(run.stdout);
    threads.execute(run.stderr);
    return run;
  }

  private void stopNow() {
    stop(Duration.ZERO);
  }

  /** The process id of the command, and of its group and session. */
  public int pid() {
    return tree.pid();
  }

  /**
   * Has the command stopped: SIGTERM to its group, and after the grace, or when the group has
   * ended, SIGKILL to all that is left. Returns at once; does nothing when called again.
   */
  public void stop(Duration grace) {
    stopped.complete(grace);
  }

  /** How long nothing was written; time in which the output's taker was busy does not count. */
  public Duration silence() {
    return Duration.ofNanos(Math.min(stdout.silentNanos(), stderr.silentNanos()));
  }

  /**
   * Waits until the command has ended, kills what it left behind, and takes in the rest of its
   * output. However it returns, no process of the command is alive; it waits for one that cannot be
   * killed. An interrupt stops the command without grace.
   *
   * @throws IOException when {@link CommandOutput} did not take the output
   */
  public CommandExit await() throws IOException, InterruptedException {
    int leftovers = 0;
    try {
      awaitEndOrStop();
    } finally {
      leftovers = killAll();
    }
    List<String> remarks = new ArrayList<>(awaitOutput());
    if (leftovers > 0 && !stopped.isDone()) {
      remarks.add("killed " + leftovers + " processes that the command left behind");
    }
    return new CommandExit(
        tree.exit().join(), Duration.ofNanos(exited.join() - started), leftovers, remarks);
  }

  private void awaitEndOrStop() throws InterruptedException {
    try {
      CompletableFuture.anyOf(exited, stopped).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of process " + pid() + " was lost", e.getCause());
    }
    if (stopped.isDone()) {
      tree.terminate(stopped.join());
    } else {
      tree.settle(SETTLE);
    }
  }

  private int killAll() {
    boolean interrupted = Thread.interrupted();
    int killed = 0;
    for (boolean dead = false; !dead; ) {
      try {
        KillOutcome outcome = tree.kill();
        killed += outcome.killed();
        dead = outcome.alive().isEmpty();
        if (!dead) {
          LOG.error(
              "command {}: {} processes cannot be killed yet, such as {}: trying on",
              pid(),
              outcome.alive().size(),
              outcome.alive().get(0));
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return killed;
  }

  private List<String> awaitOutput() throws IOException, InterruptedException {
    var remarks = new ArrayList<String>();
    for (OutputPump pump : List.of(stdout, stderr)) {
      if (!pump.awaitEnd(PIPE_PATIENCE_NANOS)) {
        remarks.add("a process that is not the command's holds its output open: it is cut here");
      }
    }
    for (OutputPump pump : List.of(stdout, stderr)) {
      if (pump.failure().isPresent()) {
        throw pump.failure().get();
      }
    }
    return remarks;
  }
}

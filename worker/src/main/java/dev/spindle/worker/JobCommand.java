// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.ShellWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the command of a job, within the job's limits. For one thread. */
final class JobCommand {
  /** How Java tells of E2BIG: "error=7, …" up to 24, "error: 7 (…)" since. */
  private static final Pattern ARGUMENTS_TOO_LONG = Pattern.compile("error(=|: )7\\b");

  private final AttemptId id;
  private final JobSpec spec;
  private final WorkerSettings settings;
  private final AttemptLog log;
  private final Halt halt;

  JobCommand(AttemptId id, JobSpec spec, WorkerSettings settings, AttemptLog log, Halt halt) {
    this.id = id;
    this.spec = spec;
    this.settings = settings;
    this.log = log;
    this.halt = halt;
  }

  /**
   * Runs it to its end.
   *
   * @throws AttemptOver when it was stopped
   */
  JobResult run(Path work, String marker) throws IOException, InterruptedException {
    ShellWork shell = (ShellWork) spec.work();
    var command = new Command(shell.command(), work, environment(shell, work), marker);
    CommandRun run;
    try {
      run = CommandRun.start(command, log, settings.threads());
    } catch (IOException e) {
      return notStarted(e);
    }
    halt.then(() -> run.stop(settings.killGrace()));
    CommandExit exit;
    try (var limits = new TimeLimits(run, spec, settings.time(), halt)) {
      exit = run.await();
    }
    for (String remark : exit.remarks()) {
      log.remark(remark);
    }
    halt.check();
    return new JobResult(exit.status(), exit.elapsed());
  }

  private Map<String, String> environment(ShellWork shell, Path work) {
    Map<String, String> environment =
        settings.environment().apply(System.getenv(), shell.environment());
    environment.put("PWD", work.toString());
    environment.put("SPINDLE_JOB", id.job().toString());
    environment.put("SPINDLE_ATTEMPT", Integer.toString(id.attempt()));
    return environment;
  }

  /** What the system refuses for good ends like a program that cannot be executed. */
  private JobResult notStarted(IOException why) throws IOException, InterruptedException {
    if (!ARGUMENTS_TOO_LONG.matcher(String.valueOf(why.getMessage())).find()) {
      throw new IOException("the command could not be started: " + why.getMessage(), why);
    }
    log.text(LogStream.STDERR, "the command's arguments and environment are too long\n");
    return new JobResult(CommandExit.NOT_EXECUTABLE, Duration.ZERO);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.JobId;
import dev.spindle.operator.OperatorClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a job's log. */
@Command(
    name = "logs",
    header = "Prints a job's log.",
    description =
        "The job's stdout goes to stdout; its stderr and the farm's remarks go to stderr.",
    sortOptions = false)
final class LogsCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Parameters(paramLabel = "ID", converter = JobArgument.class, description = "the job's id")
  private JobId id;

  @Option(
      names = {"-f", "--follow"},
      description = "print what comes until the job ends")
  private boolean follow;

  @Override
  public void run() {
    PrintWriter err = command.commandLine().getErr();
    LogPrinter printer = new LogPrinter(command.commandLine().getOut(), err);
    try (OperatorClient operator = access.connect()) {
      if (follow) {
        new JobFollower(operator, printer, new StatusLine(err, Terminal.isStderr())).follow(id);
      } else {
        operator.job(id); // So that a job that does not exist is no empty log.
        printer.printFrom(operator, id, 0, () -> {});
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.operator.OperatorClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a job. */
@Command(
    name = "cancel",
    header = "Cancels a job.",
    description = "A job that waits never starts; one that runs is killed, with all its processes.",
    sortOptions = false)
final class CancelCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Parameters(paramLabel = "ID", converter = JobArgument.class, description = "the job's id")
  private JobId id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "cancelled by the operator",
      description = "why, kept with the job (default: '${DEFAULT-VALUE}')")
  private String reason;

  @Override
  public void run() {
    try (OperatorClient operator = access.connect()) {
      Job job = operator.cancel(id, reason);
      command.commandLine().getOut().println("job " + id + " is " + JobTexts.state(job));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands. It does nothing by itself. */
@Command(
    name = "spindle",
    description = "One controller, many workers, and whatever wire they speak.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.Provider.class,
    subcommands = {
      RunCommand.class,
      ControllerCommand.class,
      WorkerCommand.class,
      WorkerAddCommand.class,
      SubmitCommand.class,
      JobsCommand.class,
      JobCommand.class,
      LogsCommand.class,
      FetchCommand.class,
      CancelCommand.class,
      WorkersCommand.class,
      StatusCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed",
      "2:the command line was wrong",
      "125:run and submit --wait: the job could not be carried out",
      "130:run and submit --wait: the job was cancelled",
      "other:run and submit --wait: the job's own exit status"
    })
final class SpindleCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}

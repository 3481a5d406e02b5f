// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands. It does nothing by itself. */
@Command(
    name = "spindle",
    description = "One controller, many workers, and whatever wire they speak.",
    sortOptions = false,
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
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed; stderr says why",
      "2:the command line was wrong",
      "125:run and submit --wait: the job could not be carried out",
      "130:run and submit --wait: the job was cancelled",
      "other:run and submit --wait: the job's own"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  spindle run --input big.log --output big.log.gz -- gzip -k big.log",
      "",
      "'spindle COMMAND --help' tells more of a command."
    })
final class SpindleCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "print this help and exit")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "print the version and exit")
  private boolean version;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}

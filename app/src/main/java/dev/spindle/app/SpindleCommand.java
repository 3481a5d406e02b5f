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
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:the command failed", "2:the command line was wrong"})
final class SpindleCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where the program starts, and the only place where it ends. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    CommandLine line =
        commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    System.exit(execute(line, args));
  }

  /** Runs a command; what its configuration file says stands behind what the arguments say. */
  static int execute(CommandLine line, String... args) {
    try {
      ConfigDefaults.install(line, args);
    } catch (ParameterException wrong) {
      return new UsageErrors().handleParseException(wrong, args);
    }
    return line.execute(args);
  }

  /** The whole command line, writing where it is told. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine root =
        new CommandLine(new SpindleCommand())
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(new UsageErrors())
            .setExecutionExceptionHandler(new Failure());
    // The list of options follows in any case: a second one above it would only hide the arguments.
    root.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().usageMessage().abbreviateSynopsis(true));
    return root;
  }
}

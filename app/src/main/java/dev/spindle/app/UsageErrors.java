// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a wrong command line in two or three lines: what is wrong, what may have been meant, and
 * where to read more. The whole help would push the first of these off the screen.
 */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    PrintWriter err = line.getErr();
    String name = line.getCommandSpec().qualifiedName();
    err.println(line.getColorScheme().errorText(name + ": " + what(wrong)));
    List<String> similar = similar(wrong);
    if (!similar.isEmpty()) {
      err.println("Did you mean: " + String.join(", ", similar) + "?");
    }
    err.println("Try '" + name + " --help'.");
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String what(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (unmatched.isUnknownOption()) {
        // What stands behind it may have been its value: only the option itself is surely wrong.
        return "unknown option '" + first + "'";
      }
      return (isUnknownCommand(wrong) ? "unknown command '" : "unexpected argument '")
          + first
          + "'";
    }
    return ConfigDefaults.located(wrong);
  }

  private static List<String> similar(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions()
        : List.of();
  }

  /** True for a word where only a command could stand. */
  private static boolean isUnknownCommand(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !wrong.getCommandLine().getSubcommands().isEmpty()
        && wrong.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
  }
}

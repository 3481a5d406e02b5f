// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Compares every help text with its file below {@code help/}, so that what users read is reviewed
 * like what they run. When a text is changed on purpose, the file is replaced by what the command
 * prints.
 */
final class HelpTest {
  private static final int OK = 0;
  private static final int SCREEN = 80;

  static Stream<String> commands() {
    return Stream.concat(Stream.of(""), root().getSubcommands().keySet().stream());
  }

  private static CommandLine root() {
    return Main.commandLine(
        new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
  }

  private static CommandRun help(String command) {
    return command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpIsAsItWasReviewed(String command) throws IOException {
    CommandRun help = help(command);
    assertThat(help.out())
        .isEqualTo(reviewed("spindle" + (command.isEmpty() ? "" : "-") + command));
    assertThat(help.err()).isEmpty();
    assertThat(help.exit()).isEqualTo(OK);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsTheScreen(String command) {
    assertThat(help(command).out().lines()).allMatch(line -> line.length() <= SCREEN);
  }

  /** A value that is left out must be known to whoever leaves it out. */
  @ParameterizedTest
  @MethodSource("commands")
  void anOptionWithANumberTellsItsDefault(String command) {
    CommandLine line = command.isEmpty() ? root() : root().getSubcommands().get(command);
    assertThat(line.getCommandSpec().options())
        .filteredOn(HelpTest::takesANumber)
        .allMatch(option -> String.join("", option.description()).contains("(default: "));
  }

  private static boolean takesANumber(OptionSpec option) {
    return Number.class.isAssignableFrom(option.type())
        || option.type() == int.class
        || option.type() == double.class;
  }

  private static String reviewed(String name) throws IOException {
    try (InputStream in = HelpTest.class.getResourceAsStream("help/" + name + ".txt")) {
      assertThat(in).as("help/%s.txt", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

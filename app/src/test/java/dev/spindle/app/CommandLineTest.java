// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class CommandLineTest {
  private static final int OK = 0;
  private static final int USAGE = 2;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine line =
      Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

  @Test
  void helpGoesToStdout() {
    assertThat(line.execute("--help")).isEqualTo(OK);
    assertThat(out.toString()).startsWith("Usage: spindle ").contains("--version", "Exit status:");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void versionIsOneLine() {
    assertThat(line.execute("--version")).isEqualTo(OK);
    assertThat(out.toString()).matches("spindle \\d+\\.\\d+\\.\\d+\\S*( \\(commit .+\\))?\\R");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void noCommandIsAUsageError() {
    assertThat(line.execute()).isEqualTo(USAGE);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("spindle: no command given\nTry 'spindle --help'.\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownOptionIsNamedWithSimilarOnes() {
    assertThat(line.execute("--versoin")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("'--versoin'", "Did you mean", "--version");
  }

  @Test
  void unknownCommandIsNamedWithSimilarOnes() {
    addSpin();
    assertThat(line.execute("spinn")).isEqualTo(USAGE);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "spindle: unknown command 'spinn'\nDid you mean: spin?\nTry 'spindle --help'.\n");
  }

  @Test
  void usageErrorOfACommandNamesTheCommand() {
    addSpin();
    assertThat(line.execute("spin", "--fast")).isEqualTo(USAGE);
    assertThat(err.toString())
        .startsWith("spindle spin: ")
        .endsWith("Try 'spindle spin --help'.\n");
  }

  @Test
  void noEscapeCodesOffATerminal() {
    line.execute("--help");
    line.execute("--versoin");
    assertThat(out + "" + err).doesNotContain("\u001b");
  }

  /** A command that comes late must be told where to write, too. */
  private void addSpin() {
    line.addSubcommand(new Spinning());
    line.setErr(line.getErr());
  }

  @Command(name = "spin")
  private static final class Spinning implements Runnable {
    @Override
    public void run() {}
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

final class ConfigDefaultsTest {
  private static final int USAGE = 2;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("spindle.toml");
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  /** Reads a command line without running it. */
  private ParseResult parse(String command, String... args) {
    CommandLine root =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    String[] all =
        Stream.concat(Stream.of(command, "--config", file.toString()), Arrays.stream(args))
            .toArray(String[]::new);
    ConfigDefaults.install(root, all);
    return root.parseArgs(all).subcommand();
  }

  private static Object value(ParseResult parsed, String option) {
    return parsed.commandSpec().findOption(option).getValue();
  }

  private CommandRun fails(String... args) {
    CommandRun run =
        CommandRun.of(
            Stream.concat(Stream.of("controller", "--config=" + file), Arrays.stream(args))
                .toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(USAGE);
    assertThat(run.out()).isEmpty();
    return run;
  }

  @Test
  void everyOptionOfTheControllerMayStandInTheFile() throws IOException {
    write(
        "[controller]",
        "data = '/srv/spindle'",
        "pb = \"0.0.0.0:9000\"",
        "ftp = '0.0.0.0:9001'",
        "passive-ports = '30000-30009'",
        "advertise = 'farm.example.org'",
        "lease = 12.5",
        "insecure = true");
    ParseResult parsed = parse("controller");
    assertThat(value(parsed, "--data")).isEqualTo(Path.of("/srv/spindle"));
    assertThat(value(parsed, "--pb")).hasToString("0.0.0.0:9000");
    assertThat(value(parsed, "--ftp")).hasToString("0.0.0.0:9001");
    assertThat(value(parsed, "--passive-ports")).hasToString("PortRange[first=30000, last=30009]");
    assertThat(value(parsed, "--advertise")).isEqualTo("farm.example.org");
    assertThat(value(parsed, "--lease")).isEqualTo(12.5);
    assertThat(value(parsed, "--insecure")).isEqualTo(true);
  }

  @Test
  void everyOptionOfTheWorkerMayStandInTheFileRequiredOnesToo() throws IOException {
    write(
        "[worker]",
        "controller = 'farm:8787'",
        "name = 'w1'",
        "secret-file = '/etc/spindle/w1.secret'",
        "dir = '/var/lib/spindle'",
        "slots = 4",
        "tag = ['linux', 'gpu']");
    ParseResult parsed = parse("worker");
    assertThat(value(parsed, "--controller")).hasToString("farm:8787");
    assertThat(value(parsed, "--name")).hasToString("w1");
    assertThat(value(parsed, "--secret-file")).isEqualTo(Path.of("/etc/spindle/w1.secret"));
    assertThat(value(parsed, "--dir")).isEqualTo(Path.of("/var/lib/spindle"));
    assertThat(value(parsed, "--slots")).isEqualTo(4);
    assertThat(value(parsed, "--tag")).isEqualTo(List.of("linux", "gpu"));
  }

  @Test
  void whatTheFileDoesNotSayIsAsWithoutIt() throws IOException {
    write("[controller]", "lease = 30");
    assertThat(value(parse("controller"), "--pb")).hasToString("127.0.0.1:8787");
  }

  @Test
  void argumentsWin() throws IOException {
    write("[controller]", "pb = '0.0.0.0:9000'", "[worker]", "tag = ['a', 'b']", "slots = 4");
    assertThat(value(parse("controller", "--pb", "127.0.0.1:1"), "--pb"))
        .hasToString("127.0.0.1:1");
    ParseResult worker =
        parse("worker", "--controller=f:1", "--name=w", "--secret-file=s", "--tag=c");
    assertThat(value(worker, "--tag")).isEqualTo(List.of("c"));
    assertThat(value(worker, "--slots")).isEqualTo(4);
  }

  @Test
  void aFlagOfTheFileMayBeSaidAgain() throws IOException {
    write("[controller]", "insecure = true");
    assertThat(value(parse("controller", "--insecure"), "--insecure")).isEqualTo(true);
  }

  @Test
  void sectionsOfOtherCommandsDoNotMatter() throws IOException {
    write("[worker]", "slots = 4", "[controller]", "lease = 30");
    assertThat(value(parse("controller"), "--lease")).isEqualTo(30.0);
  }

  @Test
  void anUnknownSectionIsNamedWithItsLine() throws IOException {
    write("# ours", "[contoller]", "lease = 30");
    assertThat(fails().err())
        .isEqualTo(
            "spindle controller: "
                + file
                + ":2: unknown section 'contoller'\nTry 'spindle controller --help'.\n");
  }

  @Test
  void aKeyOutsideOfSectionsIsNamedWithItsLine() throws IOException {
    write("lease = 30");
    assertThat(fails().err()).contains(file + ":1: unknown section 'lease'");
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheKnownOnes() throws IOException {
    write("[controller]", "", "lese = 30");
    assertThat(fails().err())
        .contains(
            file
                + ":3: unknown key 'lese' in [controller]: expected one of advertise, data, ftp,"
                + " insecure, lease, passive-ports, pb\n");
  }

  @ParameterizedTest
  @CsvSource({"help", "config"})
  void whatIsNoSettingIsNoKey(String key) throws IOException {
    write("[controller]", key + " = 'x'");
    assertThat(fails().err()).contains(file + ":2: unknown key '" + key + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "pb = 8787, '8787' is not HOST:PORT",
    "pb = 'farm:x', the port must be a number",
    "lease = 'long', 'long' is not a double",
    "insecure = 'maybe', 'maybe' is not a boolean",
    "passive-ports = '9-1', 'passive ports 9-1: expected a range within 1024-65535'",
    "passive-ports = 'x', is not a range such as 30000-30009"
  })
  void aBadValueIsNamedWithItsLine(String line, String text) throws IOException {
    write("[controller]", "# first", line);
    assertThat(fails().err()).startsWith("spindle controller: " + file + ":3: ").contains(text);
  }

  @Test
  void aValueOfTheWrongKindIsNamedWithItsLine() throws IOException {
    write("[controller]", "pb = { host = 'x' }");
    assertThat(fails().err()).contains(file + ":2: 'pb' must be text, a number or true or false");
  }

  /** The argument is at fault there, not the file. */
  @Test
  void aBadArgumentIsNotBlamedOnTheFile() throws IOException {
    write("[controller]", "pb = '127.0.0.1:1'");
    assertThat(fails("--pb", "x").err()).doesNotContain(file.toString()).contains("'x'");
  }

  @Test
  void brokenTomlIsToldWithItsLine() throws IOException {
    write("[controller]", "lease = ");
    assertThat(fails().err()).contains(file + ":2: ");
  }

  @Test
  void aMissingFileIsNamedOnce() {
    assertThat(fails().err()).contains("cannot read " + file + ": no such file or folder\n");
  }

  @Test
  void aFileThatIsNotNamedIsAnOrdinaryUsageError() {
    CommandRun run = CommandRun.of("controller", "--config");
    assertThat(run.exit()).isEqualTo(USAGE);
    assertThat(run.err()).contains("--config");
  }

  @Test
  void otherCommandsHaveNoFile() {
    CommandRun run = CommandRun.of("jobs", "--config", file.toString());
    assertThat(run.exit()).isEqualTo(USAGE);
    assertThat(run.err()).contains("unknown option '--config'");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command line: exit status 2, nothing on stdout, and two or three lines that say it. */
final class UsageErrorsTest {
  private static final int USAGE = 2;

  private static String refused(String... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.exit()).isEqualTo(USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().count()).isBetween(2L, 3L);
    return run.err();
  }

  @Test
  void anUnknownOptionIsNamedAloneWithoutWhatStandsBehindIt() {
    assertThat(refused("jobs", "--stat", "queued"))
        .isEqualTo(
            """
            spindle jobs: unknown option '--stat'
            Did you mean: --state?
            Try 'spindle jobs --help'.
            """);
  }

  @Test
  void anArgumentTooManyIsNamed() {
    assertThat(refused("job", "1", "2"))
        .isEqualTo(
            """
            spindle job: unexpected argument '2'
            Try 'spindle job --help'.
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "submit"})
  void aJobNeedsACommand(String command) {
    assertThat(refused(command)).contains("COMMAND");
    assertThat(refused(command, "--priority", "1", "--")).contains("COMMAND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"job", "logs", "fetch", "cancel"})
  void aJobsIdIsNeededAndMustBeANumberFrom1(String command) {
    assertThat(refused(command)).contains("ID");
    assertThat(refused(command, "x")).contains("'x' is not a job id: expected a number such as 12");
    assertThat(refused(command, "0")).contains("ids start at 1");
  }

  @Test
  void aStateMustBeOneOfThose() {
    assertThat(refused("jobs", "--state", "done"))
        .contains(
            "'done' is not a state: expected queued, assigned, running, succeeded, failed,"
                + " cancelled");
  }

  @ParameterizedTest
  @CsvSource({"worker-add", "status"})
  void aWorkersNameHasAForm(String command) {
    assertThat(refused(command, "../w")).contains("'../w' is not a worker name");
  }

  @Test
  void aWorkerNeedsAControllerANameAndASecret() {
    assertThat(refused("worker")).contains("--controller", "--name", "--secret-file");
  }

  @Test
  void anEnvironmentVariableNeedsAValue() {
    assertThat(refused("submit", "--env", "NAME", "--", "true")).contains("NAME=VALUE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pb", "--ftp"})
  void aListenerBeyondThisMachineMustBeAskedForOutLoud(String option) {
    assertThat(refused("controller", option, "0.0.0.0:0"))
        .contains("listening beyond this machine is not encrypted", "--insecure");
  }

  @Test
  void aRangeOfPortsHasAForm() {
    assertThat(refused("controller", "--passive-ports", "30000"))
        .contains("'30000' is not a range such as 30000-30009");
  }

  @Test
  void aControllerElsewhereNeedsALogin() {
    assertThat(refused("jobs", "--controller", "farm:8787"))
        .contains("--controller needs --login-file FILE");
  }

  /** What stands behind -- is the command's, whatever it looks like. */
  @Test
  void optionsOfTheCommandAreNotOurs() {
    CommandRun run =
        CommandRun.of("submit", "--data", "/nonexistent/spindle", "--", "ls", "--help", "-x");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no controller runs with the data directory");
  }
}

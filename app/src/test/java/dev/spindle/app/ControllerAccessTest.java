// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How commands find their controller, and what they say when they do not. */
final class ControllerAccessTest {
  private static final int OK = 0;
  private static final int FAILED = 1;

  @TempDir private Path home;
  private TestFarm farm;

  @BeforeEach
  void start() throws IOException {
    farm = TestFarm.in(home);
  }

  @AfterEach
  void end() {
    farm.close();
  }

  private static String refused(String... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.exit()).isEqualTo(FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    return run.err().strip();
  }

  @Test
  void theDataDirectoryLeadsToIt() {
    CommandRun run = farm.run("jobs");
    assertThat(run.exit()).isEqualTo(OK);
    assertThat(run.out()).startsWith("ID  STATE");
  }

  @Test
  void anAddressAndACopyOfTheLoginLeadToIt() throws IOException {
    Path copy = home.resolve("farm.secret");
    Files.copy(
        farm.data().operatorSecret(), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    CommandRun run =
        CommandRun.of(
            "workers", "--controller", farm.pb().toString(), "--login-file", copy.toString());
    assertThat(run.exit()).isEqualTo(OK);
    assertThat(run.out()).startsWith("NAME  STATE");
  }

  @Test
  void anotherFarmsLoginIsRefused() {
    Path other = home.resolve("other.secret");
    Secrets.write(other, Secrets.random());
    String at = farm.pb().toString();
    assertThat(refused("jobs", "--controller", at, "--login-file", other.toString()))
        .isEqualTo(
            "spindle jobs: the controller at "
                + at
                + " refuses the login: is this its own operator.secret file?");
  }

  @Test
  void aWorkersSecretIsNoOperatorsLogin() throws IOException {
    farm.addWorker("w1");
    assertThat(
            refused(
                "jobs",
                "--controller",
                farm.pb().toString(),
                "--login-file",
                home.resolve("w1.secret").toString()))
        .contains("refuses the login");
  }

  @Test
  void aLoginFileThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(
        farm.data().operatorSecret(),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refused("jobs", "--data", farm.data().path().toString())).contains("chmod 600");
  }

  @Test
  void withoutAControllerTheMendIsTold() {
    Path empty = home.resolve("empty");
    assertThat(refused("jobs", "--data", empty.toString()))
        .isEqualTo(
            "spindle jobs: no controller runs with the data directory "
                + empty
                + ": start one with 'spindle controller', or name another with --data or"
                + " --controller");
  }

  /** A controller that was killed leaves its address behind. */
  @Test
  void aControllerThatDoesNotAnswerIsNamed() {
    String at = farm.pb().toString();
    farm.close();
    assertThat(refused("jobs", "--data", farm.data().path().toString()))
        .startsWith("spindle jobs: no controller answers at " + at)
        .endsWith("is it running?");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is refused, with what words and which exit status. */
final class RefusalTest {
  @RegisterExtension static final Farm farm = Farm.withController();

  @BeforeAll
  static void start() {
    farm.startController();
  }

  private static Ended worker(String name) {
    return farm.launchWorker(List.of(), name, farm.path("dir-" + name)).end();
  }

  private static void secretFile(String name, String permissions) throws IOException {
    Path file = write(farm.secret(name), "0123456789abcdef\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aWorkerWithTheWrongSecretEndsWithTheMend() throws IOException {
    farm.register("known");
    Files.delete(farm.secret("known"));
    secretFile("known", "rw-------");
    Ended worker = worker("known");
    assertThat(worker.code()).isEqualTo(1);
    assertThat(worker.err())
        .contains("does not know worker 'known' or its secret")
        .contains("spindle worker-add known")
        .doesNotContain("0123456789abcdef", "\tat ");
  }

  @Test
  void anUnknownWorkerEndsWithTheSameWords() throws IOException {
    secretFile("stranger", "rw-------");
    Ended worker = worker("stranger");
    assertThat(worker.code()).isEqualTo(1);
    assertThat(worker.err()).contains("does not know worker 'stranger' or its secret");
  }

  @Test
  void aSecretThatOthersCanReadIsRefused() throws IOException {
    secretFile("open", "rw-r-----");
    Ended worker = worker("open");
    assertThat(worker.code()).isEqualTo(1);
    assertThat(worker.err())
        .contains("can be read by others", "chmod 600 " + farm.secret("open"))
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void aMissingSecretFileIsNamed() {
    Ended worker = worker("nofile");
    assertThat(worker.code()).isEqualTo(1);
    assertThat(worker.err()).contains("there is no secret file " + farm.secret("nofile"));
  }

  @Test
  void aNameTakenAgainOnTheSameMachineReplacesTheOldOneWhichEnds() {
    Program old = farm.startWorker("twice");
    Program fresh = farm.launchWorker(List.of(), "twice", farm.path("elsewhere-twice"));
    fresh.awaitErr("registered as 'twice'");
    Ended replaced = old.end();
    assertThat(replaced.code()).isEqualTo(1);
    assertThat(replaced.err()).contains("spindle worker: replaced by a new registration from 127.");
    assertThat(fresh.isAlive()).isTrue();
  }

  @Test
  void aDirectoryServesOneWorkerOnly() {
    farm.startWorker("first");
    farm.register("second");
    Ended second = farm.launchWorker(List.of(), "second", farm.path("worker-first")).end();
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains(farm.path("worker-first").toString(), "another worker");
  }

  @Test
  void aSecondControllerInTheSameDataIsRefused() {
    Ended second = farm.begin("controller", "--pb", "127.0.0.1:0").end();
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("spindle controller: ", farm.data().toString());
    assertThat(second.err().lines()).as(second.err()).hasSize(1);
    assertThat(farm.spindle("jobs").code()).isZero();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    Ended second =
        farm.beginAlone(
                "controller", "--data", farm.path("other").toString(), "--pb", farm.address())
            .end();
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains(farm.address());
  }

  @Test
  void withoutAControllerEveryQuestionIsAnsweredWithTheMend() {
    for (String command : List.of("jobs", "workers")) {
      Ended asked = farm.beginAlone(command, "--data", farm.path("nothing here").toString()).end();
      assertThat(asked.code()).isEqualTo(1);
      assertThat(asked.err())
          .contains("no controller runs with the data directory", "spindle controller");
      assertThat(asked.err().lines()).hasSize(1);
    }
  }

  @Test
  void aControllerThatIsGoneIsAskedForByItsAddress() {
    Ended asked =
        farm.beginAlone(
                "jobs",
                "--controller=127.0.0.1:1",
                "--login-file=" + farm.data().resolve("operator.secret"))
            .end();
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.err()).contains("no controller answers at 127.0.0.1:1", "is it running?");
  }

  @Test
  void anUnknownKeyOfAConfigurationNamesItsLine() {
    Path file = write(farm.user("bad key.toml"), "[controller]\npb = \"127.0.0.1:0\"\nlaese = 3\n");
    Ended started = farm.beginAlone("controller", "--config", file.toString()).end();
    assertThat(started.code()).isEqualTo(2);
    assertThat(started.err()).contains(file + ":3: unknown key 'laese' in [controller]", "lease");
  }

  @Test
  void aBadValueOfAConfigurationNamesItsLine() {
    Path file = write(farm.user("bad value.toml"), "[worker]\n\nslots = \"many\"\n");
    Ended started = farm.beginAlone("worker", "--config", file.toString()).end();
    assertThat(started.code()).isEqualTo(2);
    assertThat(started.err()).contains(file + ":3: ", "slots", "many");
  }

  @Test
  void textThatIsNoTomlNamesItsLine() {
    Path file = write(farm.user("broken.toml"), "[controller]\npb = \n");
    Ended started = farm.beginAlone("controller", "--config", file.toString()).end();
    assertThat(started.code()).isEqualTo(2);
    assertThat(started.err()).contains(file + ":2: ");
  }

  @Test
  void listeningBeyondThisMachineMustBeSaidOutLoud() {
    for (String option : List.of("--pb", "--ftp")) {
      Ended started =
          farm.beginAlone(
                  "controller", "--data", farm.path("other").toString(), option, "0.0.0.0:0")
              .end();
      assertThat(started.code()).as(option).isEqualTo(2);
      assertThat(started.err()).contains("not encrypted", "--insecure");
    }
  }
}

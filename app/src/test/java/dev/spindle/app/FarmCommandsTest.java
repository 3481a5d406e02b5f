// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a controller, against one with a worker. */
final class FarmCommandsTest {
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

  private static JsonNode json(CommandRun run) throws IOException {
    assertThat(run.exit()).isEqualTo(OK);
    return new ObjectMapper().readTree(run.out());
  }

  private void await(String id, String state) {
    Awaitility.await()
        .untilAsserted(() -> assertThat(farm.run("job", id).out()).contains("state      " + state));
  }

  @Test
  void submitPrintsTheIdAlone() {
    assertThat(farm.submit("--", "true")).isEqualTo("1");
    assertThat(farm.submit("--", "true")).isEqualTo("2");
  }

  /** Three together are more than one answer carries. */
  @Test
  void jobsListsAllHoweverLargeTheyAre() throws IOException {
    String[] command = new String[5];
    Arrays.fill(command, "x".repeat(500_000));
    command[0] = "--";
    for (int i = 0; i < 3; i++) {
      farm.submit(command);
    }
    assertThat(json(farm.run("jobs", "--json")).findValuesAsText("id"))
        .containsExactly("3", "2", "1");
    assertThat(json(farm.run("jobs", "--json", "--limit", "2")).findValuesAsText("id"))
        .containsExactly("3", "2");
  }

  @Test
  void submitAndWaitPrintsWhatTheJobPrintsAndExitsLikeIt() throws IOException {
    farm.addWorker("w1");
    CommandRun run =
        farm.run(
            "submit", "--wait", "--env", "A=b", "--", "sh", "-c", "echo $A; echo e >&2; exit 3");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).isEqualTo("b\n");
    assertThat(run.err()).startsWith("spindle: job 1\n").contains("e\n");
  }

  @Test
  void aProgramThatIsMissingIsToldAsAShellDoes() throws IOException {
    farm.addWorker("w1");
    CommandRun run = farm.run("submit", "--wait", "--", "no-such-program");
    assertThat(run.exit()).isEqualTo(127);
    assertThat(run.err()).contains("no-such-program");
  }

  @Test
  void aJobThatTheFarmStopsExitsWith125AndTheReason() throws IOException {
    farm.addWorker("w1");
    CommandRun run = farm.run("submit", "--wait", "--max-time", "0.05", "--", "sleep", "600");
    assertThat(run.exit()).isEqualTo(125);
    assertThat(run.err()).contains("spindle: job 1 failed: ran longer than 0.05 s");
  }

  @Test
  void inputsGoOutAndOutputsComeBack() throws IOException {
    farm.addWorker("w1");
    Path input = Files.writeString(home.resolve("in.txt"), "hello");
    String id =
        farm.submit(
            "--input",
            input.toString(),
            "--output",
            "o/*",
            "--",
            "sh",
            "-c",
            "mkdir o; tr a-z A-Z <in.txt >o/out.txt");
    farm.run("logs", "--follow", id);
    Path target = home.resolve("results");
    CommandRun fetched = farm.run("fetch", "-o", target.toString(), id);
    assertThat(fetched.exit()).isEqualTo(OK);
    assertThat(fetched.out()).isEqualTo(target.resolve("o/out.txt") + "\n");
    assertThat(fetched.err()).isEmpty();
    assertThat(target.resolve("o/out.txt")).hasContent("HELLO");
  }

  @Test
  void fetchOfAJobThatHasNotEndedSaysSo() {
    String id = farm.submit("--", "true");
    CommandRun run = farm.run("fetch", id);
    assertThat(run.exit()).isEqualTo(FAILED);
    assertThat(run.err())
        .isEqualTo("spindle fetch: job 1 is queued: outputs are there once it has ended\n");
  }

  @Test
  void fetchOfAJobWithoutOutputsSaysSo() throws IOException {
    farm.addWorker("w1");
    farm.run("submit", "--wait", "--", "true");
    CommandRun run = farm.run("fetch", "1");
    assertThat(run.exit()).isEqualTo(OK);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("spindle: job 1 left no outputs\n");
  }

  @Test
  void logsSplitsTheStreamsAsTheJobDid() throws IOException {
    farm.addWorker("w1");
    farm.run("submit", "--wait", "--", "sh", "-c", "echo out; echo err >&2");
    CommandRun logs = farm.run("logs", "1");
    assertThat(logs.exit()).isEqualTo(OK);
    assertThat(logs.out()).isEqualTo("out\n");
    assertThat(logs.err()).contains("err\n");
  }

  @Test
  void jobShowsWhatWasAskedAndHowItEnded() throws IOException {
    farm.addWorker("w1");
    Path input = Files.writeString(home.resolve("in.txt"), "hello");
    farm.run("submit", "--wait", "--priority", "5", "--input", input.toString(), "--", "false");
    assertThat(farm.run("job", "1").out())
        .contains(
            "job        1\n",
            "command    false\n",
            "state      failed\n",
            "priority   5\n",
            "input      in.txt, 5 B\n",
            "attempt    1 on w1 at ",
            ": exit status 1\n",
            "exit       1\n",
            "elapsed    ");
  }

  @Test
  void jobsListsTheNewestFirstAndByState() throws IOException {
    farm.addWorker("w1");
    farm.run("submit", "--wait", "--", "true");
    farm.submit("--tag", "gpu", "--", "echo", "waits");
    assertThat(farm.run("jobs").out().lines())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(1)).matches("2 +queued +- +- .*echo waits");
              assertThat(lines.get(2)).matches("1 +succeeded +exit 0 +- .*true");
            });
    assertThat(farm.run("jobs", "--state", "queued").out().lines()).hasSize(2);
    assertThat(farm.run("jobs", "--limit", "1").out().lines()).hasSize(2);
  }

  @Test
  void jsonIsForPrograms() throws IOException {
    farm.addWorker("w1", "linux");
    farm.run("submit", "--wait", "--", "true");
    JsonNode job = json(farm.run("job", "--json", "1"));
    assertThat(job.get("id").asInt()).isEqualTo(1);
    assertThat(job.get("state").asText()).isEqualTo("succeeded");
    assertThat(job.get("end").get("exit").asInt()).isZero();
    assertThat(json(farm.run("jobs", "--json"))).hasSize(1);
    assertThat(json(farm.run("workers", "--json")).get(0).get("tags").get(0).asText())
        .isEqualTo("linux");
    assertThat(json(farm.run("status", "--json", "w1")).get("running")).isEmpty();
  }

  @Test
  void aLimitOutOfRangeIsRefused() {
    CommandRun run = farm.run("jobs", "--limit", "1001");
    assertThat(run.exit()).isEqualTo(FAILED);
    assertThat(run.err()).contains("1001", "1 to 1000");
  }

  @Test
  void aJobThatWaitsIsCancelledWithTheReason() {
    String id = farm.submit("--", "true");
    CommandRun cancelled = farm.run("cancel", "--reason", "not needed", id);
    assertThat(cancelled.exit()).isEqualTo(OK);
    assertThat(cancelled.out()).isEqualTo("job 1 is cancelled\n");
    assertThat(farm.run("job", id).out()).contains("reason     not needed\n");
  }

  @Test
  void aJobThatRunsIsKilledByCancel() throws IOException {
    farm.addWorker("w1");
    String id = farm.submit("--", "sleep", "600");
    await(id, "running");
    assertThat(farm.run("status", "w1").out()).contains("running    job 1, attempt 1, ");
    assertThat(farm.run("cancel", id).out()).isEqualTo("job 1 is cancelled\n");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(farm.run("status", "w1").out()).contains("running    nothing"));
  }

  @Test
  void aJobThatIsMissingIsNamed() {
    for (String command : new String[] {"job", "logs", "fetch", "cancel"}) {
      CommandRun run = farm.run(command, "12");
      assertThat(run.exit()).isEqualTo(FAILED);
      assertThat(run.err()).isEqualTo("spindle " + command + ": there is no job 12\n");
    }
  }

  @Test
  void workersTellsWhoIsThere() throws IOException {
    farm.addWorker("w1", "linux");
    farm.run("worker-add", "--secret-file", home.resolve("w2.secret").toString(), "w2");
    assertThat(farm.run("workers").out().lines())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0).split(" +"))
                  .containsExactly(
                      "NAME", "STATE", "SLOTS", "RUNNING", "WAITING", "TAGS", "ADDRESS", "VERSION");
              assertThat(lines.get(1))
                  .matches("w1 +connected +1 +0 +0 +linux +127\\.0\\.0\\.1:\\d+ +test");
              assertThat(lines.get(2)).matches("w2 +\\S+ +- +0 +0 +- +- +-");
            });
  }

  @Test
  void workerAddWritesASecretThatIsNotPrinted() {
    Path file = home.resolve("w9.secret");
    CommandRun added = farm.run("worker-add", "--secret-file", file.toString(), "w9");
    assertThat(added.exit()).isEqualTo(OK);
    assertThat(added.out()).isEqualTo("registered worker 'w9'; its secret is in " + file + "\n");
    assertThat(added.out() + added.err()).doesNotContain(Secrets.read(file));
  }

  @Test
  void workerAddDoesNotOverwriteASecret() throws IOException {
    Path file = Files.writeString(home.resolve("w9.secret"), "precious");
    CommandRun added = farm.run("worker-add", "--secret-file", file.toString(), "w9");
    assertThat(added.exit()).isEqualTo(FAILED);
    assertThat(added.err()).contains(file + " exists already");
    assertThat(file).hasContent("precious");
  }

  @Test
  void workerAddThatCannotReachTheControllerLeavesNoSecret() {
    farm.close();
    Path file = home.resolve("w9.secret");
    assertThat(farm.run("worker-add", "--secret-file", file.toString(), "w9").exit())
        .isEqualTo(FAILED);
    assertThat(file).doesNotExist();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.awaitFile;
import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user does with a farm that runs: a controller and one worker with two slots. */
final class JobsTest {
  @RegisterExtension static final Farm farm = Farm.withController();

  @BeforeAll
  static void start() {
    farm.startController();
    farm.startWorker("w1", "--slots", "2", "--tag", "disc,fast");
  }

  @Test
  void submitAnswersWithTheIdAlone() {
    Ended submit = expect(0, farm.spindle("submit", "--", "true"));
    assertThat(submit.out()).matches("\\d+\n");
    assertThat(submit.err()).isEmpty();
  }

  @Test
  void waitingForAJobGivesItsStreamsAndItsStatus() {
    Ended wait = farm.spindle("submit", "--wait", "--", "sh", "-c", "echo o; echo e >&2; exit 9");
    assertThat(wait.code()).isEqualTo(9);
    assertThat(wait.out()).isEqualTo("o\n");
    assertThat(wait.err()).contains("e\n").contains("spindle: job ");
  }

  @Test
  void inputsKeepTheirRelativeNamesAndThoseFromElsewhereTheirLast() {
    write(farm.user("src/a.txt"), "a");
    write(farm.user("src/deep/b.txt"), "b");
    write(farm.path("elsewhere/c.txt"), "c");
    write(farm.path("elsewhere/set/d.txt"), "d");
    Ended found =
        farm.spindle(
            "submit",
            "--wait",
            "--input=src",
            "--input=" + farm.path("elsewhere/c.txt"),
            "--input=../elsewhere/set",
            "--",
            "sh",
            "-c",
            "find . -type f | sort");
    assertThat(expect(0, found).out())
        .isEqualTo("./c.txt\n./set/d.txt\n./src/a.txt\n./src/deep/b.txt\n");
  }

  @Test
  void aFetchPutsOutputsWhereItIsTold() {
    write(farm.user("in.txt"), "one\ntwo\n");
    long id =
        farm.submit(
            "--input=in.txt",
            "--output=out/*",
            "--",
            "sh",
            "-c",
            "mkdir out; sort -r in.txt >out/r");
    farm.awaitEnd(id);
    Ended fetch = expect(0, farm.spindle("fetch", Long.toString(id), "-o", "results"));
    assertThat(fetch.out()).isEqualTo("results/out/r\n");
    assertThat(read(farm.user("results/out/r"))).isEqualTo("two\none\n");
  }

  @Test
  void aFetchOfAJobThatHasNotEndedIsRefused() {
    long id = farm.submit("--tag=nobody-has-it", "--", "true");
    Ended fetch = farm.spindle("fetch", Long.toString(id));
    assertThat(fetch.code()).isEqualTo(1);
    assertThat(fetch.err()).contains("job " + id + " is queued", "once it has ended");
    expect(0, farm.spindle("cancel", Long.toString(id)));
  }

  @Test
  void programsReadJobsAsJson() {
    long id = farm.submit("--priority=7", "--env=A=b", "--", "sh", "-c", "exit 4");
    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).isEqualTo("failed");
    assertThat(job.json().path("end").path("exit").asInt()).isEqualTo(4);
    assertThat(job.workers()).containsExactly("w1");
    assertThat(job.json().path("spec").path("priority").asInt()).isEqualTo(7);
    assertThat(job.json().at("/spec/args/env/A").asText()).isEqualTo("b");

    JsonNode jobs = JobView.json(expect(0, farm.spindle("jobs", "--json")).out());
    assertThat(jobs).contains(job.json());
    JsonNode failed = JobView.json(farm.spindle("jobs", "--json", "--state=failed").out());
    assertThat(JobView.texts(failed, "state")).containsOnly("failed");
  }

  @Test
  void peopleReadJobsAsATable() {
    long id = farm.submit("--", "sh", "-c", "exit 4");
    farm.awaitEnd(id);
    assertThat(expect(0, farm.spindle("jobs")).out())
        .startsWith("ID ")
        .containsPattern("(?m)^" + id + " +failed +exit 4 .* sh -c exit 4$");
    assertThat(expect(0, farm.spindle("job", Long.toString(id))).out())
        .contains("state      failed\n", "attempt    1 on w1", "exit       4\n");
  }

  @Test
  void programsReadWorkersAndTheirStatusAsJson() {
    Path started = farm.path("busy");
    long id = farm.submit("--", "sh", "-c", "echo x >'" + started + "'; sleep 1000");
    awaitFile(started);
    JsonNode worker = JobView.json(expect(0, farm.spindle("workers", "--json")).out()).get(0);
    assertThat(worker.path("name").asText()).isEqualTo("w1");
    assertThat(worker.path("state").asText()).isEqualTo("connected");
    assertThat(worker.path("slots").asInt()).isEqualTo(2);
    assertThat(worker.path("tags").toString()).isEqualTo("[\"disc\",\"fast\"]");
    assertThat(worker.path("running").toString()).contains("[" + id + ",1]");

    JsonNode status = JobView.json(expect(0, farm.spindle("status", "w1", "--json")).out());
    assertThat(status.path("free_disk").asLong()).isPositive();
    assertThat(status.path("running").findValuesAsText("id")).contains(Long.toString(id));
    expect(0, farm.spindle("cancel", Long.toString(id)));
  }

  @Test
  void aLogIsFollowedWhileItIsWritten() {
    Path go = farm.path("go on");
    String script = "echo one; until [ -e '" + go + "' ]; do sleep 0.05; done; echo two; exit 3";
    long id = farm.submit("--", "sh", "-c", script);
    Program follow = farm.begin("logs", "-f", Long.toString(id));
    follow.awaitOut("one\n");
    assertThat(follow.isAlive()).isTrue();
    write(go, "");
    assertThat(expect(0, follow.end()).out()).isEqualTo("one\ntwo\n");
    assertThat(expect(0, farm.spindle("logs", Long.toString(id))).out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void aCancelKillsTheWholeTree() {
    Path dir = farm.path("tree");
    String script =
        """
        (setsid sh -c 'echo $$ >daemon.new; mv daemon.new daemon; exec sleep 1000' &)
        (env -i setsid sh -c 'echo $$ >bare.new; mv bare.new bare; trap "" TERM; sleep 1000; sleep 1000' &)
        echo $$ >parent.new; mv parent.new parent
        exec sleep 1000
        """;
    write(dir.resolve("tree.sh"), "cd '" + dir + "'\n" + script);
    long id = farm.submit("--", "sh", dir.resolve("tree.sh").toString());
    long parent = pid(dir.resolve("parent"));
    long daemon = pid(dir.resolve("daemon"));
    long bare = pid(dir.resolve("bare"));
    assertThat(Processes.isAlive(parent)).isTrue();

    Ended cancel = expect(0, farm.spindle("cancel", Long.toString(id), "--reason", "not today"));
    assertThat(cancel.out()).isEqualTo("job " + id + " is cancelled\n");
    Awaitility.await("all three are dead")
        .until(
            () ->
                !Processes.isAlive(parent)
                    && !Processes.isAlive(daemon)
                    && !Processes.isAlive(bare));
    assertThat(farm.job(id).reason()).isEqualTo("not today");
    Ended wait = farm.spindle("logs", "-f", Long.toString(id));
    assertThat(wait.code()).isZero();
  }

  private static long pid(Path file) {
    return Long.parseLong(awaitFile(file).strip());
  }

  @Test
  void aJobThatIsSilentForTooLongIsStopped() {
    Ended wait =
        farm.spindle("submit", "--wait", "--timeout=0.7", "--", "sh", "-c", "echo x; sleep 1000");
    assertThat(wait.code()).isEqualTo(125);
    assertThat(wait.out()).isEqualTo("x\n");
    assertThat(wait.err()).contains("failed: no output for 0.7 s");
  }

  @Test
  void aJobThatTakesTooLongIsStoppedHoweverMuchItSays() {
    String busy = "while true; do echo x; sleep 0.1; done";
    Ended wait =
        farm.spindle("submit", "--wait", "--timeout=60", "--max-time=0.7", "--", "sh", "-c", busy);
    assertThat(wait.code()).isEqualTo(125);
    assertThat(wait.err()).contains("failed: ran longer than 0.7 s");
  }

  @Test
  void aCommandThatDoesNotExistIs127() {
    Ended wait = farm.spindle("submit", "--wait", "--", "no-such-program");
    assertThat(wait.code()).isEqualTo(127);
    assertThat(wait.err()).contains("no-such-program");
  }

  @Test
  void anOutputPatternThatMatchesNothingFailsASuccessButNotAFailure() {
    Ended success = farm.spindle("submit", "--wait", "--output=*.iso", "--", "true");
    assertThat(success.code()).isEqualTo(125);
    assertThat(success.err()).contains("output pattern '*.iso' matched no file");
    assertThat(farm.spindle("submit", "--wait", "--output=*.iso", "--", "false").code())
        .isEqualTo(1);
  }

  @Test
  void aMissingInputSubmitsNothing() {
    Ended submit = farm.spindle("submit", "--input=nowhere.iso", "--", "true");
    assertThat(submit.code()).isEqualTo(1);
    assertThat(submit.out()).isEmpty();
    assertThat(submit.err()).contains("input nowhere.iso: no such file or folder");
  }

  @Test
  void anUnknownJobIsNamed() {
    for (String command : new String[] {"job", "logs", "fetch", "cancel"}) {
      Ended asked = farm.spindle(command, "4711");
      assertThat(asked.code()).as(command).isEqualTo(1);
      assertThat(asked.err()).as(command).contains("4711");
    }
  }
}

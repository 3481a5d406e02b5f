// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.awaitFile;
import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The worker that shows users of Twisted how it is done does what a worker must. */
final class PythonWorkerTest {
  private static final Path SOURCE = Path.of("src/test/python/hb_worker.py").toAbsolutePath();

  @RegisterExtension static final Farm farm = Farm.withController();

  @BeforeAll
  static void start() {
    farm.startController();
    farm.register("snake");
    List<String> command =
        List.of(
            "/usr/bin/python3",
            SOURCE.toString(),
            farm.address(),
            "snake",
            farm.secret("snake").toString(),
            write(farm.path("snake/.here"), "").getParent().toString());
    farm.start("python-worker", command).awaitOut("registered as snake");
  }

  @Test
  void aJobWithInputsAndOutputsRunsThere() {
    write(farm.user("in/numbers.txt"), "3\n1\n2\n");
    long id =
        farm.submit(
            "--tag=python",
            "--env=GREETING=hello",
            "--input=in",
            "--output=out/*.txt",
            "--",
            "sh",
            "-c",
            "mkdir out; sort in/numbers.txt >out/sorted.txt; echo $GREETING; echo no >&2; exit 0");
    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).as("%s", job.json()).isEqualTo("succeeded");
    assertThat(job.workers()).containsExactly("snake");
    Ended logs = expect(0, farm.spindle("logs", Long.toString(id)));
    assertThat(logs.out()).isEqualTo("hello\n");
    assertThat(logs.err()).contains("no\n");
    expect(0, farm.spindle("fetch", Long.toString(id), "-o", "back"));
    assertThat(read(farm.user("back/out/sorted.txt"))).isEqualTo("1\n2\n3\n");
  }

  @Test
  void itIsListedAndTellsItsStatus() {
    Path started = farm.path("started");
    long id = farm.submit("--", "sh", "-c", "echo x >'" + started + "'; sleep 1000");
    awaitFile(started);
    JsonNode worker = JobView.json(expect(0, farm.spindle("workers", "--json")).out()).get(0);
    assertThat(worker.path("name").asText()).isEqualTo("snake");
    assertThat(worker.path("version").asText()).isEqualTo("python 1");
    JsonNode status = JobView.json(expect(0, farm.spindle("status", "snake", "--json")).out());
    assertThat(status.path("running").get(0).path("id").asLong()).isEqualTo(id);
    expect(0, farm.spindle("cancel", Long.toString(id)));
  }

  @Test
  void aCancelKillsTheCommandAndTheNextJobRuns() {
    Path pid = farm.path("pid");
    long id = farm.submit("--", "sh", "-c", "echo $$ >'" + pid + "'; sleep 1000; true");
    long process = Long.parseLong(awaitFile(pid).strip());
    expect(0, farm.spindle("cancel", Long.toString(id)));
    Awaitility.await("the command is dead").until(() -> !Processes.isAlive(process));
    Ended next = farm.spindle("submit", "--wait", "--", "sh", "-c", "exit 5");
    assertThat(next.code()).isEqualTo(5);
  }

  @Test
  void aLogIsStreamedWhileTheCommandRuns() {
    Path go = farm.path("go");
    String script = "echo one; until [ -e '" + go + "' ]; do sleep 0.05; done; echo two";
    Program wait = farm.begin("submit", "--wait", "--", "sh", "-c", script);
    wait.awaitOut("one\n");
    write(go, "");
    assertThat(expect(0, wait.end()).out()).isEqualTo("one\ntwo\n");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left when the worker's own process is killed, as by kill -9. */
class WorkerCrashTest extends WorkerFixture {
  private Process life;

  /** A worker in a process of its own: one job whose end is never acknowledged, one that runs. */
  static final class Life {
    private Life() {}

    public static void main(String[] args) throws Exception {
      Path temp = Path.of(args[0]);
      var depot = new TestDepot(temp.resolve("depot"));
      Worker worker =
          Worker.start(WorkerSettings.in(temp.resolve("worker"), depot).slots(2).build());
      worker.take(
          job(1, "exit 3"),
          new TestReport(depot).refusing("finished", FarmException.Code.UNAVAILABLE));
      String nested = "(setsid sh -c 'echo $$ >../../../nested; env -i sleep 60' &)";
      worker.take(job(2, nested + "; echo $$ >../../../root; sleep 60"), new TestReport(depot));
      System.in.read(); // Its end is the test's: no broken run leaves this life behind.
    }
  }

  private void startLifeAndKillIt() throws IOException, InterruptedException {
    life =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Life.class.getName(),
                temp.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(temp.toFile(), "life.txt"))
            .start();
    await()
        .until(
            () ->
                Files.exists(temp.resolve("worker/root"))
                    && Files.exists(temp.resolve("worker/nested"))
                    && Files.exists(temp.resolve("worker/journal/1-1")));
    assertThatThrownBy(this::startWorker)
        .hasMessageContaining("in use by another worker (process " + life.pid() + ")");
    life.destroyForcibly().waitFor();
  }

  @AfterEach
  void endLife() {
    if (life != null) {
      life.destroyForcibly();
    }
  }

  @Test
  void nextLifeKillsWhatRunsAndNamesOnlyWhatEnded() throws Exception {
    startLifeAndKillIt();
    ProcessHandle root = process("root");
    ProcessHandle nested = process("nested");
    ProcessHandle cleared = nested.children().findFirst().orElseThrow();

    startWorker();

    assertThat(isDead(root)).isTrue();
    assertThat(isDead(nested)).isTrue();
    assertThat(isDead(cleared)).isTrue();
    assertThat(isEmpty("attempts")).isTrue();
    assertThat(worker.running()).isEmpty();
    assertThat(worker.unacknowledged()).containsExactly(AttemptId.of(1, 1));
    TestReport report = report();
    worker.take(job(1, "exit 3"), report);
    awaitEnd(report);
    assertThat(report.calls()).containsExactly("finished 3");
    awaitNothingHeld();
  }

  /** Gone, or a zombie that the init process has yet to reap. */
  private static boolean isDead(ProcessHandle process) throws IOException {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    try {
      return Proc.parse((int) process.pid(), Files.readString(stat)).orElseThrow().isZombie();
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private ProcessHandle process(String file) throws IOException {
    String pid = Files.readString(temp.resolve("worker").resolve(file)).trim();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}

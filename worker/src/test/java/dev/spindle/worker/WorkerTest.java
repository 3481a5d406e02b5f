// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.WorkerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkerTest extends WorkerFixture {

  @Test
  void jobRunsAndNothingOfItStays() throws Exception {
    startWorker();

    TestReport report = run(job(1, "echo out; echo err >&2; exit 3"));

    assertThat(report.end()).isEqualTo("finished 3");
    assertThat(report.stdout()).isEqualTo("out\n");
    assertThat(report.stderr()).isEqualTo("err\n");
    assertThat(report.header()).isEmpty();
    assertThat(report.calls()).startsWith("started").endsWith("finished 3");
    awaitNothingHeld();
  }

  @Test
  void jobSeesItsNumbersItsDirectoryAndItsVariables() throws Exception {
    startWorker(s -> s.environment(new EnvironmentRules(Set.of("HOME"), Map.of("SITE", "north"))));

    TestReport report =
        run(
            job(
                7,
                JobSpec.of(
                    new ShellWork(
                        List.of(
                            "sh", "-c", "echo $SPINDLE_JOB $SPINDLE_ATTEMPT $A $SITE $HOME.; pwd"),
                        Map.of("A", "b")))));

    Path work = temp.resolve("worker/attempts/7-1/work");
    assertThat(report.stdout()).isEqualTo("7 1 b north .\n" + work + "\n");
  }

  @Test
  void unknownProgramFinishesWith127() throws Exception {
    startWorker();

    TestReport report =
        run(job(1, JobSpec.of(new ShellWork(List.of("no-such-program"), Map.of()))));

    assertThat(report.end()).isEqualTo("finished 127");
    assertThat(report.stderr()).contains("no-such-program");
  }

  @Test
  void tooLongArgumentsFinishWith126() throws Exception {
    startWorker();

    TestReport report =
        run(job(1, JobSpec.of(new ShellWork(List.of("echo", "x".repeat(3_000_000)), Map.of()))));

    assertThat(report.end()).isEqualTo("finished 126");
    assertThat(report.stderr()).contains("too long");
  }

  @Test
  void whatACommandLeavesBehindIsKilledWithARemark() throws Exception {
    startWorker();

    TestReport report = run(job(1, "sleep 60 & echo $!"));

    assertThat(report.end()).isEqualTo("finished 0");
    assertThat(report.header()).contains("killed 1 processes");
    assertThat(Path.of("/proc", report.stdout().trim())).doesNotExist();
  }

  @Test
  void threeJobsOnTwoSlotsRunInTheOrderOfArrival() throws Exception {
    startWorker(s -> s.slots(2));
    TestReport[] reports = {report(), report(), report()};
    for (int i = 0; i < 3; i++) {
      worker.take(job(i + 1, "echo up; while [ ! -e ../go ]; do sleep 0.01; done"), reports[i]);
    }
    await().until(() -> reports[0].has("log") && reports[1].has("log"));
    assertThat(worker.running()).containsExactly(AttemptId.of(1, 1), AttemptId.of(2, 1));
    assertThat(reports[2].calls()).isEmpty();

    go(1);
    await().until(() -> reports[2].has("log"));

    assertThat(reports[0].end()).isEqualTo("finished 0");
    go(2);
    go(3);
    awaitEnd(reports[2]);
  }

  private void go(int job) throws IOException {
    Files.createFile(temp.resolve("worker/attempts/" + job + "-1/go"));
  }

  @Test
  void orderOfWaitingJobsCanBeChangedAndOneCanBeDropped() throws Exception {
    startWorker();
    TestReport first = report();
    worker.take(job(1, "while [ ! -e ../go ]; do sleep 0.01; done"), first);
    await().until(() -> first.has("progress"));
    TestReport[] waiting = {report(), report(), report()};
    for (int i = 0; i < 3; i++) {
      worker.take(job(i + 2, "date +%s%N"), waiting[i]);
    }

    worker.order(List.of(AttemptId.of(4, 1), AttemptId.of(2, 1)));
    worker.drop(AttemptId.of(3, 1));
    go(1);
    awaitEnd(waiting[0]);

    assertThat(Long.parseLong(waiting[2].stdout().trim()))
        .isLessThan(Long.parseLong(waiting[0].stdout().trim()));
    awaitNothingHeld();
    assertThat(waiting[1].calls()).isEmpty();
  }

  @Test
  void takingTwiceRunsOnce() throws Exception {
    startWorker();
    Assignment job = job(1, "echo once; sleep 0.1");
    TestReport first = report();
    worker.take(job, first);
    await().until(() -> first.has("log"));
    TestReport second = report();
    worker.take(job, second);

    awaitEnd(second);

    assertThat(second.end()).isEqualTo("finished 0");
    assertThat(first.stdout() + second.stdout()).isEqualTo("once\n");
    assertThat(first.end()).isEmpty();
  }

  @Test
  void startThatIsNotValidAnyMoreRunsNothing() throws Exception {
    startWorker();
    TestReport report = report().sayingNoTo("started");

    worker.take(job(1, "echo ran"), report);
    await().until(() -> report.has("started"));
    awaitNothingHeld();

    assertThat(report.calls()).containsExactly("started");
  }

  @Test
  void staleGrantDropsTheAttempt() throws Exception {
    startWorker();
    TestReport report = report().refusing("fetch", FarmException.Code.STALE);

    worker.take(job(1, shell("true").inputs(List.of(depot.put("a", "a")))), report);
    await().until(() -> report.has("fetch"));
    awaitNothingHeld();

    assertThat(report.end()).isEmpty();
  }

  @Test
  void falseAnswerToALogStopsAndForgets() throws Exception {
    startWorker();
    TestReport report = report().sayingNoTo("log");

    worker.take(job(1, "echo $$ >../../../pid; echo hi; sleep 60"), report);
    await().until(() -> report.has("log"));
    awaitNothingHeld();

    assertThat(report.end()).isEmpty();
    String pid = Files.readString(temp.resolve("worker/pid")).trim();
    assertThat(Path.of("/proc", pid)).doesNotExist();
  }

  @Test
  void falseAnswerToProgressStopsAndForgets() throws Exception {
    startWorker();
    TestReport report = report().sayingNoTo("progress");

    worker.take(job(1, "sleep 60"), report);
    await().until(() -> report.has("progress"));
    awaitNothingHeld();

    assertThat(report.end()).isEmpty();
  }

  @Test
  void stopEndsARunningJobWithItsReason() throws Exception {
    startWorker();
    TestReport report = report();
    worker.take(job(1, "echo up; sleep 60"), report);
    await().until(() -> report.has("log"));

    assertThat(worker.stop(AttemptId.of(1, 1), "not wanted")).isTrue();
    awaitEnd(report);

    assertThat(report.end()).isEqualTo("failed for good: not wanted");
    assertThat(worker.stop(AttemptId.of(1, 1), "again")).isFalse();
    assertThat(worker.stop(AttemptId.of(9, 1), "unknown")).isFalse();
  }

  @Test
  void stopInterruptsATransfer() throws Exception {
    startWorker();
    var fetching = new CompletableFuture<Void>();
    depot.before(
        (what, name, local) -> {
          fetching.complete(null);
          new CountDownLatch(1).await();
        });
    TestReport report = report();
    worker.take(job(1, shell("true").inputs(List.of(depot.put("a", "a")))), report);
    fetching.join();

    assertThat(worker.stop(AttemptId.of(1, 1), "not wanted")).isTrue();
    awaitEnd(report);

    assertThat(report.end()).isEqualTo("failed for good: not wanted");
  }

  @Test
  void silenceBeyondTheTimeoutFails() throws Exception {
    startWorker();

    TestReport report = run(job(1, shell("echo up; sleep 60").timeout(Duration.ofMillis(300))));

    assertThat(report.end()).isEqualTo("failed for good: no output for 0.3 s");
    assertThat(report.stdout()).isEqualTo("up\n");
  }

  @Test
  void outputPutsTheTimeoutOff() throws Exception {
    startWorker();

    TestReport report =
        run(
            job(
                1,
                shell("for i in 1 2 3 4 5 6; do sleep 0.1; echo $i; done")
                    .timeout(Duration.ofMillis(400))));

    assertThat(report.end()).isEqualTo("finished 0");
  }

  @Test
  void runBeyondTheMaxTimeFails() throws Exception {
    startWorker();

    TestReport report =
        run(
            job(
                1,
                shell("while :; do echo busy; sleep 0.05; done").maxTime(Duration.ofMillis(300))));

    assertThat(report.end()).isEqualTo("failed for good: ran longer than 0.3 s");
  }

  @Test
  void statusTellsWhatRuns() throws Exception {
    startWorker();
    TestReport report = report();
    worker.take(job(1, "echo up; sleep 60"), report);
    await().until(() -> report.has("log"));

    WorkerStatus status = worker.status();

    assertThat(status.running()).hasSize(1);
    assertThat(status.running().get(0).attempt()).isEqualTo(AttemptId.of(1, 1));
    assertThat(status.running().get(0).percent()).isEmpty();
    assertThat(status.running().get(0).elapsed()).isPositive();
    assertThat(status.load()).isNotNegative();
    assertThat(status.freeDiskBytes()).isPositive();
    assertThat(worker.boot())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim());
  }

  @Test
  void gracefulShutdownWaitsForWhatRunsAndGivesTheRestBack() throws Exception {
    startWorker();
    TestReport running = report();
    TestReport waiting = report();
    worker.take(job(1, "echo up; while [ ! -e ../go ]; do sleep 0.01; done"), running);
    worker.take(job(2, "true"), waiting);
    await().until(() -> running.has("log"));

    CompletableFuture<Void> ended = worker.shutdown(true);
    TestReport late = report();
    worker.take(job(3, "true"), late);

    assertThat(ended).isNotDone();
    assertThat(waiting.calls()).containsExactly("refuse the worker is shutting down");
    assertThat(late.calls()).containsExactly("refuse the worker is shutting down");
    go(1);
    ended.join();
    assertThat(running.end()).isEqualTo("finished 0");
  }

  @Test
  void shutdownStopsWhatRunsToBeTriedElsewhere() throws Exception {
    startWorker();
    TestReport report = report();
    worker.take(job(1, "echo up; sleep 60"), report);
    await().until(() -> report.has("log"));

    worker.shutdown(false).join();

    assertThat(report.end()).isEqualTo("failed retry: the worker was shut down");
  }

  @Test
  void shutdownDoesNotWaitForAControllerThatIsAway() throws Exception {
    startWorker();
    TestReport report = report();
    worker.take(job(1, "echo up; sleep 60"), report);
    await().until(() -> report.has("log"));
    worker.disconnected(Duration.ZERO);

    assertThat(worker.shutdown(false)).succeedsWithin(Duration.ofSeconds(20));

    assertThat(worker.unacknowledged()).containsExactly(AttemptId.of(1, 1));
  }

  @Test
  void directoryWhoseIdIsNoneIsRefusedByName() throws Exception {
    Path id = Files.createDirectory(temp.resolve("worker")).resolve("id");
    Files.writeString(id, "garbage");

    assertThatThrownBy(this::startWorker)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(id + " holds 'garbage'");

    Files.delete(id);
    startWorker();
  }

  @Test
  void secondWorkerInOneDirectoryIsRefused() throws Exception {
    startWorker();

    assertThatThrownBy(() -> Worker.start(worker.settings()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(temp.resolve("worker").toString())
        .hasMessageContaining("process " + ProcessHandle.current().pid());

    worker.close();
    startWorker();
  }
}

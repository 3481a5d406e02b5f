// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerReconnectTest extends WorkerFixture {
  private static final AttemptId FIRST = AttemptId.of(1, 1);

  @Test
  void runGoesOnWhileDisconnectedAndIsDeliveredOnReturn() throws Exception {
    startWorker();
    Assignment job = job(1, "echo before; while [ ! -e ../go ]; do sleep 0.01; done; echo after");
    TestReport lost = report();
    worker.take(job, lost);
    await().until(() -> lost.has("log"));

    worker.disconnected(Duration.ZERO);
    Files.createFile(temp.resolve("worker/attempts/1-1/go"));
    await().until(() -> worker.unacknowledged().contains(FIRST));
    assertThat(lost.end()).isEmpty();
    TestReport back = report();
    worker.take(job, back);
    awaitEnd(back);

    assertThat(back.stdout()).isEqualTo("after\n");
    assertThat(back.calls()).containsSubsequence("log stdout", "finished 0");
    awaitNothingHeld();
  }

  @Test
  void progressIsToldAgainOnEachConnection() throws Exception {
    startWorker();
    Assignment job = job(1, "sleep 60");
    TestReport first = report();
    worker.take(job, first);
    await().until(() -> first.has("progress"));
    TestReport second = report();
    worker.take(job, second);

    await().until(() -> second.calls().contains("progress - running"));
  }

  @Test
  void goneConnectionKeepsTheStartUntilTheNext() throws Exception {
    startWorker();
    Assignment job = job(1, "echo ran");
    TestReport gone = report().refusing("started", FarmException.Code.UNAVAILABLE);
    worker.take(job, gone);
    await().until(() -> gone.has("started"));
    assertThat(worker.running()).containsExactly(FIRST);

    TestReport next = report();
    worker.take(job, next);
    awaitEnd(next);

    assertThat(next.calls()).startsWith("started").endsWith("finished 0");
  }

  @Test
  void outputsGoOnWithAControllerThatRestartedBetweenTwo() throws Exception {
    startWorker();
    Assignment job = job(1, shell("echo 1 >a; echo 2 >b; echo 3 >c").outputs(List.of("*")));
    var sent = new CountDownLatch(1);
    depot.before(
        (what, name, local) -> {
          if (name.value().equals("b")) {
            worker.disconnected(Duration.ZERO);
            sent.countDown();
          }
        });
    TestReport killed = report();
    worker.take(job, killed);
    sent.await();
    TestReport next = report().ofARestartedController();
    worker.take(job, next);
    awaitEnd(next);

    assertThat(killed.calls()).contains("delivered a").doesNotContain("delivered b");
    assertThat(next.calls())
        .filteredOn(call -> !call.startsWith("progress"))
        .containsExactly("offer b", "delivered b", "offer c", "delivered c", "finished 0");
    assertThat(depot.transfers()).containsExactly("send a", "send b", "send c");
  }

  @Test
  void outputWhoseDeliveryWasNotAnsweredIsOfferedToTheNextController() throws Exception {
    startWorker();
    Assignment job = job(1, shell("echo 1 >a").outputs(List.of("a")));
    TestReport killed = report().refusing("delivered", FarmException.Code.UNAVAILABLE);
    worker.take(job, killed);
    await().until(() -> killed.has("delivered"));
    TestReport killedToo =
        report().ofARestartedController().refusing("delivered", FarmException.Code.UNAVAILABLE);
    worker.take(job, killedToo);
    await().until(() -> killedToo.has("delivered"));
    TestReport last = report().ofARestartedController();
    worker.take(job, last);
    awaitEnd(last);

    assertThat(last.calls()).containsSubsequence("offer a", "delivered a", "finished 0");
    assertThat(depot.transfers()).containsExactly("send a");
    awaitNothingHeld();
  }

  @Test
  void uploadThatEndedWithItsControllerBeginsAgainAtTheNext() throws Exception {
    startWorker();
    Assignment job = job(1, shell("echo 1 >a").outputs(List.of("a")));
    var sends = new AtomicInteger();
    depot.before(
        (what, name, local) -> {
          if (sends.incrementAndGet() == 1) {
            worker.disconnected(Duration.ZERO);
            throw new IOException("the depot is gone");
          }
        });
    worker.take(job, report());
    await().until(() -> sends.get() == 1);
    TestReport next = report().ofARestartedController();
    worker.take(job, next);
    awaitEnd(next);

    assertThat(next.calls()).containsSubsequence("offer a", "delivered a", "finished 0");
    assertThat(depot.content("a")).isEqualTo("1\n");
  }

  @Test
  void unansweredLogIsSentAgain() throws Exception {
    startWorker();
    Assignment job = job(1, "echo one; sleep 0.1; echo two; sleep 60");
    TestReport silent = report().holdingLogs();
    worker.take(job, silent);
    await().until(() -> silent.unansweredLogs() == 2);

    TestReport next = report();
    worker.take(job, next);

    await().until(() -> next.stdout().equals("one\ntwo\n"));
  }

  @Test
  void endThatIsNotAcknowledgedIsReportedAgainAndFalseIsAnAnswer() throws Exception {
    startWorker();
    Assignment job = job(1, "exit 3");
    TestReport gone = report().refusing("finished", FarmException.Code.UNAVAILABLE);
    worker.take(job, gone);
    await().until(() -> worker.unacknowledged().contains(FIRST));
    assertThat(isEmpty("journal")).isFalse();

    TestReport no = report().sayingNoTo("finished");
    worker.take(job, no);
    awaitEnd(no);

    assertThat(no.calls()).containsExactly("finished 3");
    awaitNothingHeld();
  }

  @Test
  void waitingJobStartsOnlyWhenTheControllerIsThere() throws Exception {
    startWorker();
    Assignment first = job(1, "while [ ! -e ../go ]; do sleep 0.01; done");
    Assignment second = job(2, "echo second");
    TestReport running = report();
    worker.take(first, running);
    await().until(() -> running.has("progress"));
    worker.take(second, report());
    worker.disconnected(Duration.ZERO);
    Files.createFile(temp.resolve("worker/attempts/1-1/go"));
    await().until(() -> worker.unacknowledged().contains(FIRST));

    assertThat(worker.running()).isEmpty();
    TestReport back = report();
    worker.take(second, back);
    awaitEnd(back);

    assertThat(back.stdout()).isEqualTo("second\n");
  }

  @Test
  void outputBeyondTheSpoolIsCutWithARemarkAndTheJobGoesOn() throws Exception {
    startWorker(s -> s.log(new LogLimits(Duration.ofMillis(20), 1024, 4, 50_000)));
    Assignment job =
        job(
            1,
            "echo up; while [ ! -e ../go ]; do sleep 0.01; done;"
                + " yes 0123456789 | head -c 500000; touch ../../../done; sleep 60");
    TestReport lost = report();
    worker.take(job, lost);
    await().until(() -> lost.has("log"));

    worker.disconnected(Duration.ZERO);
    Files.createFile(temp.resolve("worker/attempts/1-1/go"));
    await().until(() -> Files.exists(temp.resolve("worker/done")));
    TestReport back = report();
    worker.take(job, back);
    await().until(() -> back.header().contains("were cut here"));
    worker.stop(FIRST, "enough");
    awaitEnd(back);

    assertThat(back.stdout()).hasSizeBetween(50_000, 70_000).startsWith("0123456789\n012345");
    long cut = Long.parseLong(back.header().replaceAll("\\D+(\\d+) characters.*\\s*", "$1"));
    assertThat(back.stdout().length() + cut).isEqualTo(500_000);
  }

  @Test
  void droppedAttemptStopsWithoutAReport() throws Exception {
    startWorker();
    TestReport report = report();
    worker.take(job(1, "echo $$; sleep 60"), report);
    await().until(() -> report.has("log"));

    worker.drop(FIRST);
    awaitNothingHeld();

    assertThat(report.end()).isEmpty();
    assertThat(Path.of("/proc", report.stdout().trim())).doesNotExist();
  }

  @Test
  void droppedEndIsForgotten() throws Exception {
    startWorker();
    TestReport gone = report().refusing("finished", FarmException.Code.UNAVAILABLE);
    worker.take(job(1, "true"), gone);
    await().until(() -> worker.unacknowledged().contains(FIRST));

    worker.drop(FIRST);

    awaitNothingHeld();
  }

  @Test
  void endThatIsDroppedWhileItsLogIsOnTheWayIsNotReported() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    startWorker(s -> s.threads(threads));
    TestReport silent = report().holdingLogs();
    worker.take(job(1, "echo up"), silent);
    await().until(() -> worker.unacknowledged().contains(FIRST));

    worker.drop(FIRST);
    awaitNothingHeld();
    threads.shutdown();

    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(silent.end()).isEmpty();
  }

  @Test
  void exclusiveAttemptIsDeadWhenItsLeaseRunsOut() throws Exception {
    var time = new ManualTime();
    startWorker(s -> s.time(time).slots(2).killGrace(Duration.ofSeconds(5)));
    TestReport exclusive = report();
    TestReport other = report();
    worker.take(job(1, shell("echo $$ >../../../pid; sleep 60").exclusive(true)), exclusive);
    worker.take(job(2, "sleep 60"), other);
    await().until(() -> Files.exists(temp.resolve("worker/pid")) && other.has("progress"));

    worker.disconnected(Duration.ofSeconds(10));
    time.advance(LEASE.minusSeconds(10 + 5).minusMillis(1));
    assertThat(worker.running()).contains(FIRST);
    time.advance(Duration.ofMillis(1));

    await().until(() -> !worker.running().contains(FIRST));
    assertThat(worker.unacknowledged()).isEmpty();
    assertThat(worker.running()).containsExactly(AttemptId.of(2, 1));
    String pid = Files.readString(temp.resolve("worker/pid")).trim();
    assertThat(Path.of("/proc", pid)).doesNotExist();
  }

  @Test
  void exclusiveAttemptWhoseControllerIsBackWhileItDiesIsReported() throws Exception {
    var time = new ManualTime();
    startWorker(s -> s.time(time).killGrace(Duration.ofSeconds(20)));
    Assignment job =
        job(
            1,
            shell(
                    "trap 'touch ../../../asked' TERM; touch ../../../up;"
                        + " while [ ! -e ../go ]; do sleep 0.01; done")
                .exclusive(true));
    worker.take(job, report());
    await().until(() -> Files.exists(temp.resolve("worker/up")));
    worker.disconnected(Duration.ZERO);
    time.advance(LEASE);
    await().until(() -> Files.exists(temp.resolve("worker/asked")));

    TestReport back = report();
    worker.take(job, back);
    Files.createFile(temp.resolve("worker/attempts/1-1/go"));
    awaitEnd(back);

    assertThat(back.end()).startsWith("failed retry: ").contains("lease");
    awaitNothingHeld();
  }

  @Test
  void exclusiveAttemptGoesOnWhenItsControllerIsBackInTime() throws Exception {
    var time = new ManualTime();
    startWorker(s -> s.time(time));
    Assignment job = job(1, shell("sleep 60").exclusive(true));
    TestReport first = report();
    worker.take(job, first);
    await().until(() -> first.has("progress"));

    worker.disconnected(Duration.ZERO);
    time.advance(Duration.ofSeconds(30));
    worker.take(job, report());
    time.advance(Duration.ofHours(1));

    assertThat(worker.running()).containsExactly(FIRST);
    assertThat(worker.stop(FIRST, "was running")).isTrue();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerFilesTest extends WorkerFixture {

  @BeforeEach
  void start() throws IOException {
    startWorker();
  }

  @Test
  void inputsComeAndOutputsGo() throws Exception {
    StoredFile input = depot.put("in/text.txt", "abc");

    TestReport report =
        run(
            job(
                1,
                shell("mkdir -p out; tr a-c A-C <in/text.txt >out/big; echo x >out/other")
                    .inputs(List.of(input))
                    .outputs(List.of("out/big", "out/*"))));

    assertThat(report.end()).isEqualTo("finished 0");
    assertThat(depot.content("out/big")).isEqualTo("ABC");
    assertThat(report.calls())
        .containsSubsequence(
            "fetch in/text.txt", "started", "offer out/big", "delivered out/big", "offer out/other")
        .anyMatch(call -> call.startsWith("progress 100 fetching"))
        .contains("progress - running");
    assertThat(depot.transfers())
        .containsExactly("fetch in/text.txt", "send out/big", "send out/other");
    awaitNothingHeld();
  }

  @Test
  void inputIsFetchedOnceAndAJobCannotChangeWhatIsKept() throws Exception {
    StoredFile input = depot.put("a", "original");

    run(job(1, shell("echo spoilt >a; rm -f a").inputs(List.of(input))));
    TestReport second = run(job(2, shell("cat a").inputs(List.of(input))));

    assertThat(second.stdout()).isEqualTo("original");
    assertThat(depot.transfers()).containsExactly("fetch a");
    assertThat(worker.holds()).containsExactly(input.sha256());
  }

  @Test
  void keptContentThatWasChangedIsFetchedAgain() throws Exception {
    StoredFile input = depot.put("a", "original");
    run(job(1, shell("true").inputs(List.of(input))));
    Files.writeString(temp.resolve("worker/cache/" + input.sha256()), "tampered");

    TestReport second = run(job(2, shell("cat a").inputs(List.of(input))));

    assertThat(second.stdout()).isEqualTo("original");
    assertThat(depot.transfers()).containsExactly("fetch a", "fetch a");
  }

  @Test
  void wrongContentIsFetchedOnceMoreAndThenFails() throws Exception {
    StoredFile real = depot.put("a", "real");
    var lie = new StoredFile(real.name(), real.size(), new Sha256("1".repeat(64)), "");

    TestReport report = run(job(1, shell("true").inputs(List.of(lie))));

    assertThat(report.end()).startsWith("failed retry: input 'a' came with the wrong content");
    assertThat(depot.transfers()).hasSize(2);
    assertThat(worker.holds()).isEmpty();
  }

  @Test
  void missingInputFailsForGood() throws Exception {
    StoredFile input = depot.put("a", "a");
    TestReport report = report().refusing("fetch", FarmException.Code.MISSING_FILE);

    worker.take(job(1, shell("true").inputs(List.of(input))), report);
    awaitEnd(report);

    assertThat(report.end()).isEqualTo("failed for good: fetch was refused");
  }

  @Test
  void diskThatIsFullWhileFetchingFailsToBeTriedElsewhereAndTheWorkerLives() throws Exception {
    StoredFile input = depot.put("a", "a");
    depot.before(
        (what, name, local) -> {
          try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
            full.write(1);
          }
        });

    TestReport report = run(job(1, shell("true").inputs(List.of(input))));

    assertThat(report.end())
        .startsWith("failed retry: the worker's disk is full: input 'a' could not be fetched");
    awaitNothingHeld();
    assertThat(run(job(2, "echo alive")).stdout()).isEqualTo("alive\n");
  }

  @Test
  void inputThatCannotFitIsNotBegun() throws Exception {
    StoredFile real = depot.put("a", "a");
    var huge = new StoredFile(real.name(), Long.MAX_VALUE, real.sha256(), "");

    TestReport report = run(job(1, shell("true").inputs(List.of(huge))));

    assertThat(report.end()).startsWith("failed retry: the worker's disk is full: input 'a' has");
    assertThat(depot.transfers()).isEmpty();
  }

  @Test
  void inputInTheWayOfAnotherFailsForGood() throws Exception {
    StoredFile folder = depot.put("d/file", "1");
    var inTheWay = new StoredFile(new FileName("d"), folder.size(), folder.sha256(), "");

    TestReport report = run(job(1, shell("true").inputs(List.of(folder, inTheWay))));

    assertThat(report.end())
        .isEqualTo(
            "failed for good: input 'd' is in the way of another: one is the other's folder");
  }

  @Test
  void patternWithoutAFileFailsASuccess() throws Exception {
    TestReport report = run(job(1, shell("mkdir dir").outputs(List.of("dir", "*.iso"))));

    assertThat(report.end()).isEqualTo("failed for good: output pattern 'dir' matched no file");
  }

  @Test
  void failedCommandsOutputsAreCollectedAsFarAsTheyAre() throws Exception {
    TestReport report =
        run(job(1, shell("echo x >a.log; exit 4").outputs(List.of("*.iso", "*.log"))));

    assertThat(report.end()).isEqualTo("finished 4");
    assertThat(depot.content("a.log")).isEqualTo("x\n");
  }

  @Test
  void patternThatIsNoGlobFailsBeforeAnythingRuns() throws Exception {
    TestReport report = run(job(1, shell("true").outputs(List.of("a[b"))));

    assertThat(report.end()).startsWith("failed for good: output pattern 'a[b' is not a glob");
    assertThat(report.has("started")).isFalse();
  }

  @Test
  void linksAreNeitherDeliveredNorFollowed() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Files.createDirectory(temp.resolve("outside"));
    Files.writeString(temp.resolve("outside/deep"), "deep");

    TestReport report =
        run(
            job(
                1,
                shell(
                        "ln -s "
                            + secret
                            + " link; ln -s "
                            + temp.resolve("outside")
                            + " way; echo x >real")
                    .outputs(List.of("**"))));

    assertThat(report.end()).isEqualTo("finished 0");
    assertThat(depot.transfers()).containsExactly("send real");
    assertThat(report.header())
        .contains("output 'link' is a symbolic link: left out")
        .contains("output 'way' is a symbolic link: left out");
  }

  @Test
  void outputThatChangesOnceIsSentAgain() throws Exception {
    var sends = new AtomicInteger();
    depot.before(
        (what, name, local) -> {
          if (sends.incrementAndGet() == 1) {
            Files.writeString(local, "changed");
          }
        });

    TestReport report = run(job(1, shell("echo x >a").outputs(List.of("a"))));

    assertThat(report.end()).isEqualTo("finished 0");
    assertThat(depot.content("a")).isEqualTo("changed");
    assertThat(sends).hasValue(2);
  }

  @Test
  void outputThatKeepsChangingFails() throws Exception {
    var sends = new AtomicInteger();
    depot.before((what, name, local) -> Files.writeString(local, "v" + sends.incrementAndGet()));

    TestReport report = run(job(1, shell("echo x >a").outputs(List.of("a"))));

    assertThat(report.end())
        .isEqualTo(
            "failed retry: output 'a' could not be delivered: it changed while it was uploaded");
  }

  @Test
  void fullDepotFailsToBeTriedAgain() throws Exception {
    TestReport report = report().refusing("offer", FarmException.Code.DISK_FULL);

    worker.take(job(1, shell("echo x >a").outputs(List.of("a"))), report);
    awaitEnd(report);

    assertThat(report.end()).isEqualTo("failed retry: offer was refused");
  }

  @Test
  void readOnlyFoldersOfAJobAreRemoved() throws Exception {
    run(job(1, "mkdir -p a/b; echo x >a/b/c; chmod 500 a/b a"));

    awaitNothingHeld();
  }

  @Test
  void stopWhileUploadingIsReported() throws Exception {
    depot.before(
        (what, name, local) -> {
          worker.stop(AttemptId.of(1, 1), "too late");
          new CountDownLatch(1).await();
        });

    TestReport report = run(job(1, shell("echo x >a").outputs(List.of("a"))));

    assertThat(report.end()).isEqualTo("failed for good: too late");
    await().until(() -> worker.running().isEmpty());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.LogStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AttemptLogTest {
  private static final int CHUNK = 100;
  private static final int UNANSWERED = 3;

  @TempDir Path temp;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ManualTime time = new ManualTime();
  private final ReportLine line = new ReportLine();
  private final Halt halt = new Halt();
  private TestDepot depot;
  private AttemptLog log;

  @BeforeEach
  void open() {
    depot = new TestDepot(temp);
    log = log(temp.resolve("spool"));
  }

  private AttemptLog log(Path spool) {
    WorkerSettings settings =
        WorkerSettings.in(temp, depot)
            .log(new LogLimits(Duration.ofMillis(100), CHUNK, UNANSWERED, 2_000))
            .time(time)
            .threads(threads)
            .build();
    return new AttemptLog(line, settings, halt, new LogSpool(spool));
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    threads.shutdownNow();
  }

  @Test
  void textWaitsForTheInterval() throws Exception {
    var report = new TestReport(depot);
    line.attach(report);
    log.text(LogStream.STDOUT, "a");
    log.text(LogStream.STDOUT, "b");
    time.advance(Duration.ofMillis(99));
    assertThat(report.calls()).isEmpty();

    time.advance(Duration.ofMillis(1));

    await().until(() -> report.stdout().equals("ab"));
    assertThat(report.calls()).hasSize(1);
  }

  @Test
  void fullChunkGoesAtOnceAndStreamsAreNotMixed() throws Exception {
    var report = new TestReport(depot);
    line.attach(report);

    log.text(LogStream.STDOUT, "x".repeat(CHUNK) + "y");
    await().until(() -> report.stdout().length() == CHUNK);
    log.text(LogStream.STDERR, "e");
    await().until(() -> report.stdout().endsWith("y"));
    log.drain();

    assertThat(report.stderr()).isEqualTo("e");
    assertThat(report.calls()).containsExactly("log stdout", "log stdout", "log stderr");
  }

  @Test
  void slowControllerStopsTheWriterAndBoundsWhatIsKept() throws Exception {
    var report = new TestReport(depot).holdingLogs();
    line.attach(report);
    var written = new AtomicLong();
    CompletableFuture<Void> writer = write(100_000, written);

    await().until(() -> report.unansweredLogs() == UNANSWERED);
    await().during(Duration.ofMillis(100)).until(() -> written.get() < 12 * CHUNK);
    assertThat(report.unansweredLogs()).isEqualTo(UNANSWERED);
    assertThat(temp.resolve("spool")).doesNotExist();

    report.answerLogs();
    writer.join();
    log.drain();
    assertThat(report.stdout()).hasSize(100_000);
  }

  private CompletableFuture<Void> write(long chars, AtomicLong written) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (written.get() < chars) {
              log.text(LogStream.STDOUT, "0123456789");
              written.addAndGet(10);
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  @Test
  void lossOfTheConnectionLetsTheWriterGoOn() throws Exception {
    line.attach(new TestReport(depot).holdingLogs());
    var written = new AtomicLong();
    CompletableFuture<Void> writer = write(2_500, written);
    await().until(() -> written.get() > 5 * CHUNK);

    line.detach();
    writer.join();
    var next = new TestReport(depot);
    line.attach(next);
    log.drain();

    assertThat(next.stdout()).isEqualTo("0123456789".repeat(250));
  }

  @Test
  void whatIsWrittenAfterACutComesAfterItsRemark() throws Exception {
    var written = new AtomicLong();
    write(10_000, written).join();
    log.text(LogStream.STDERR, "last");
    var report = new TestReport(depot);

    line.attach(report);
    log.drain();

    assertThat(report.header()).contains("characters of output were cut here");
    assertThat(report.calls()).endsWith("log header", "log stderr");
  }

  @Test
  void refusedLogHaltsTheAttempt() throws Exception {
    line.attach(new TestReport(depot).refusing("log", FarmException.Code.STALE));

    log.text(LogStream.STDOUT, "x".repeat(2 * CHUNK));

    await().untilAsserted(() -> assertThatThrownBy(halt::check).isInstanceOf(AttemptOver.class));
  }

  @Test
  void fullDiskWhileSpoolingIsTheWritersError() {
    AttemptLog onFullDisk = log(Path.of("/dev/full"));

    assertThatThrownBy(() -> onFullDisk.text(LogStream.STDOUT, "x".repeat(20 * CHUNK)))
        .isInstanceOf(IOException.class)
        .matches(Disk::isFull);
  }
}

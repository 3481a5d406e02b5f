// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.JobReport;
import dev.spindle.farm.LogStream;
import java.io.FileOutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Output that is too much, or does not end. */
class HostileOutputTest extends WorkerFixture {
  private final AtomicLong chars = new AtomicLong();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger mostUnanswered = new AtomicInteger();

  /** Counts log text instead of keeping it, and answers on another thread. */
  private JobReport counting(TestReport rest) {
    return (JobReport)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {JobReport.class},
            (proxy, method, args) ->
                method.getName().equals("log")
                    ? count((LogStream) args[0], (String) args[1])
                    : method.invoke(rest, args));
  }

  private CompletionStage<Boolean> count(LogStream stream, String text) {
    mostUnanswered.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
    return CompletableFuture.supplyAsync(
        () -> {
          chars.addAndGet(stream == LogStream.STDOUT ? text.length() : 0);
          unanswered.decrementAndGet();
          return true;
        });
  }

  @Test
  void hundredMegabytesPassWithFewUnderWay() throws Exception {
    startWorker(settings -> settings);
    TestReport report = report();

    worker.take(job(1, "yes 123456789 | head -c 100000000"), counting(report));
    awaitEnd(report);

    assertThat(report.end()).isEqualTo("finished 0");
    assertThat(chars).hasValue(100_000_000);
    assertThat(mostUnanswered.get()).isBetween(1, LogLimits.DEFAULT.unanswered());
  }

  @Test
  void pipeThatAStrangerHoldsOpenIsCutWithARemark() throws Exception {
    startWorker();
    TestReport report = report();
    worker.take(job(1, "echo $$; while [ ! -e ../go ]; do sleep 0.01; done"), report);
    await().until(() -> report.stdout().endsWith("\n"));

    try (var held = new FileOutputStream("/proc/" + report.stdout().trim() + "/fd/1")) {
      Files.createFile(temp.resolve("worker/attempts/1-1/go"));
      awaitEnd(report);
      assertThat(held.getFD().valid()).isTrue();
    }

    assertThat(report.end()).isEqualTo("finished 0");
    assertThat(report.header()).contains("holds its output open");
  }

  @Test
  void closingDoesNotWaitForASilentController() throws Exception {
    startWorker();
    TestReport silent = report().holdingLogs();
    worker.take(job(1, "yes"), silent);
    await().until(() -> silent.unansweredLogs() == 4);

    worker.close();

    assertThat(worker.running()).isEmpty();
    assertThat(isEmpty("journal")).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queue and its jobs, as the wire's reference has them. */
class HbJobTest extends ListenerFixture {
  private final RecordingReport report = new RecordingReport();
  private TestWorker worker;

  @BeforeEach
  void register() throws Exception {
    worker = registered();
  }

  @AfterEach
  void leave() {
    worker.close();
  }

  private RemoteReference give(Assignment assignment) {
    farm.last().start(assignment, report).toCompletableFuture().join();
    List<RemoteReference> jobs = worker.jobs();
    return jobs.get(jobs.size() - 1);
  }

  @Test
  void theQueueHasTheJobsInOrderAndTellsOfEach() {
    RemoteReference first = give(assignment(1));
    RemoteReference second = give(assignment(2));
    assertThat(worker.jobs()).containsExactly(first, second);
    assertThat(worker.queue().call("length").join()).isEqualTo(2L);
    assertThat(worker.client.calls()).containsExactly("queueUpdated 1", "queueUpdated 2");
    farm.last().withdraw(assignment(1).id()).toCompletableFuture().join();
    assertThat(worker.jobs()).containsExactly(second);
    assertThat(worker.client.calls()).endsWith("queueUpdated 1");
    assertThat(farm.alive).hasValue(3);
  }

  @Test
  void describeSaysExactlyWhatTheReferenceSays() {
    StoredFile input = new StoredFile(new FileName("in/a"), 5, RecordingReport.HASH, "m5");
    JobSpec.Builder spec =
        JobSpec.of(new ShellWork(List.of("make", "all"), Map.of("CC", "gcc")))
            .inputs(List.of(input))
            .outputs(List.of("out/*"))
            .priority(3)
            .tags(Set.of("gpu"))
            .timeout(Duration.ofMillis(1500))
            .exclusive(true);
    Object description = give(assignment(9, spec)).call("describe").join();
    assertThat(description)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("id", 9L)
        .containsEntry("attempt", 1L)
        .containsEntry("kind", "shell")
        .containsEntry(
            "args", Map.of("command", List.of("make", "all"), "env", Map.of("CC", "gcc")))
        .containsEntry("priority", 3L)
        .containsEntry("timeout", 1.5)
        .containsEntry("max_time", null)
        .containsEntry("lease", 60.0)
        .containsEntry("exclusive", true)
        .containsEntry(
            "inputs",
            List.of(Map.of("name", "in/a", "size", 5L, "sha256", "a".repeat(64), "md5", "m5")))
        .containsEntry("outputs", List.of("out/*"))
        .containsOnlyKeys(
            "id",
            "attempt",
            "kind",
            "args",
            "priority",
            "tags",
            "timeout",
            "max_time",
            "max_attempts",
            "lease",
            "exclusive",
            "inputs",
            "outputs");
  }

  @Test
  void grantsNameTheAddressAtWhichTheWorkerReachedUs() {
    RemoteReference job = give(assignment(1));
    assertThat(job.call("fetch", "in").join()).isEqualTo(grant("reader", 10L));
    assertThat(job.call("offer", "out", 7, "a".repeat(64)).join()).isEqualTo(grant("writer", 7L));
    assertThat(report.calls).containsExactly("fetch in", "offer out 7");
  }

  private static Map<String, Object> grant(String user, long size) {
    Map<String, Object> grant = new java.util.HashMap<>();
    grant.put("host", "127.0.0.1");
    grant.put("port", 2121L);
    grant.put("tls", true);
    grant.put("user", user);
    grant.put("password", RecordingReport.PASSWORD);
    grant.put("path", "/p");
    grant.put("size", size);
    grant.put("sha256", "a".repeat(64));
    grant.put("md5", "m");
    grant.put("expires", 300.0);
    grant.put("offset", 3L);
    return grant;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../x | expected a relative path",
        "/etc/passwd | expected a relative path",
        "'' | it is empty"
      })
  void aNameThatLeavesTheFolderIsRefused(String name, String text) {
    RemoteReference job = give(assignment(1));
    for (var call :
        List.of(
            job.call("fetch", name),
            job.call("offer", name, 1, "a".repeat(64)),
            job.call("delivered", name))) {
      assertInvalid(TestWorker.failure(call), text);
    }
    assertThat(report.calls).isEmpty();
  }

  @Test
  void anOfferThatCannotBeIsRefused() {
    RemoteReference job = give(assignment(1));
    assertInvalid(TestWorker.failure(job.call("offer", "f", 1, "xyz")), "is not a SHA-256 hash");
    assertInvalid(
        TestWorker.failure(job.call("offer", "f", -1, "a".repeat(64))),
        "size -1: expected 0 or more");
    assertThat(report.calls).isEmpty();
  }

  @Test
  void reportsReachTheFarmAndItsAnswersTheWorker() {
    RemoteReference job = give(assignment(1));
    assertThat(job.call("started").join()).isEqualTo(true);
    assertThat(job.call("progress", 12.5, "half").join()).isEqualTo(true);
    assertThat(job.call("progress", (Object) null, (Object) null).join()).isEqualTo(true);
    assertThat(job.call("log", "stderr", "oh\n").join()).isEqualTo(true);
    report.valid = false;
    assertThat(job.call("delivered", "out/a").join()).isEqualTo(false);
    assertThat(job.call("log", "stdout", "x").join()).isEqualTo(false);
    assertThat(report.calls)
        .containsExactly(
            "started",
            "progress 12.5 half",
            "progress none ",
            "log stderr oh\n",
            "delivered out/a",
            "log stdout x");
  }

  @ParameterizedTest
  @CsvSource({"NaN,none", "-3,0.0", "250,100.0", "Infinity,100.0", "100,100.0", "0,0.0"})
  void aPercentageIsBroughtIntoItsRange(double told, String heard) {
    RemoteReference job = give(assignment(1));
    assertThat(job.call("progress", told, "x").join()).isEqualTo(true);
    assertThat(report.calls).containsExactly("progress " + heard + " x");
  }

  @Test
  void aWholeNumberIsAPercentageToo() {
    give(assignment(1)).call("progress", 50, "x").join();
    assertThat(report.calls).containsExactly("progress 50.0 x");
  }

  @Test
  void textsHaveLimitsThatAreNamed() {
    RemoteReference job = give(assignment(1));
    String log = "x".repeat(HbJob.MAX_LOG_CHARS);
    assertThat(job.call("log", "stdout", log).join()).isEqualTo(true);
    assertInvalid(
        TestWorker.failure(job.call("log", "stdout", log + "x")),
        "log text of 262145 characters: at most 262144, send it in parts");
    String text = "x".repeat(HbJob.MAX_TEXT_CHARS + 1);
    assertInvalid(TestWorker.failure(job.call("progress", 1.0, text)), "progress text of 16385");
    assertInvalid(TestWorker.failure(job.call("failed", text, true)), "reason of 16385");
    assertInvalid(TestWorker.failure(worker.queue().call("refuse", job, text)), "reason of 16385");
    assertInvalid(TestWorker.failure(job.call("log", "video", "x")), "'video' is not a log stream");
    assertThat(report.calls).hasSize(1);
  }

  @Test
  void anEndIsTakenOutOfTheQueueOnceItIsAnswered() {
    RemoteReference finished = give(assignment(1));
    RemoteReference failed = give(assignment(2));
    RemoteReference refused = give(assignment(3));
    assertThat(finished.call("finished", Map.of("exit", 3, "elapsed", 1.25)).join())
        .isEqualTo(true);
    assertThat(worker.jobs()).containsExactly(failed, refused);
    report.valid = false;
    assertThat(failed.call("failed", "broken", false).join()).isEqualTo(false);
    worker.queue().call("refuse", refused, "busy").join();
    assertThat(worker.jobs()).isEmpty();
    assertThat(report.calls)
        .containsExactly("finished 3 PT1.25S", "failed broken false", "refuse busy");
  }

  @Test
  void anEndThatTheFarmCannotTakeStaysInTheQueue() {
    RemoteReference job = give(assignment(1));
    report.refusal = FarmException.Code.UNAVAILABLE;
    assertThat(TestWorker.failure(job.call("finished", Map.of("exit", 0))).type())
        .isEqualTo("spindle.Unavailable");
    assertThat(worker.jobs()).containsExactly(job);
  }

  @Test
  void aResultIsRefusedByKey() {
    RemoteReference job = give(assignment(1));
    assertInvalid(TestWorker.failure(job.call("finished", Map.of())), "result misses 'exit' (int)");
    assertInvalid(
        TestWorker.failure(job.call("finished", Map.of("exit", 0, "elapsed", Double.NaN))),
        "'elapsed' is a time of NaN seconds");
    assertInvalid(
        TestWorker.failure(job.call("finished", Map.of("exit", 1L << 40))),
        "'exit' is out of range");
    assertThat(worker.jobs()).containsExactly(job);
  }

  @Test
  void whatIsNoJobCannotBeRefused() {
    for (Object wrong : Arrays.asList(null, 7, "job", worker.queue())) {
      assertThat(TestWorker.failure(worker.queue().call("refuse", wrong, "x")).type())
          .isEqualTo("builtins.TypeError");
    }
  }

  @Test
  void theFarmsCallsReachTheWorker() {
    assertThat(farm.last().interrupt(assignment(4).id(), "cancelled").toCompletableFuture().join())
        .isTrue();
    farm.last().print("hello").toCompletableFuture().join();
    farm.last().shutdown(true).toCompletableFuture().join();
    assertThat(worker.client.calls())
        .containsExactly("stop 4 cancelled", "print hello", "shutdown true");
    await().until(() -> farm.alive.get() == 3);
  }

  private static void assertInvalid(RemoteException failure, String text) {
    assertThat(failure.type()).isEqualTo("spindle.Invalid");
    assertThat(failure.text()).contains(text);
  }
}

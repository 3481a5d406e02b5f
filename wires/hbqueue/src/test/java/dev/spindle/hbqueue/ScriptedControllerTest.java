// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.AttemptId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's end against a controller that behaves as the test says, and misbehaves. */
class ScriptedControllerTest extends WorkerFixture {
  private ScriptedServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new ScriptedServer(0);
  }

  @AfterEach
  void stopServing() {
    server.close();
  }

  private void register(int slots) throws Exception {
    startWorker(slots);
    startAgent(server.port());
    agent.registered().get(10, TimeUnit.SECONDS);
  }

  private static void awaitEnd(ScriptedJob job) {
    await().until(() -> job.has("finished") || job.has("failed"));
  }

  /** A line for a job that runs until the file is there. */
  private String until(String file) {
    return "while [ ! -e " + temp.resolve(file) + " ]; do sleep 0.02; done";
  }

  private void make(String file) throws IOException {
    Files.createFile(temp.resolve(file));
  }

  // ---- as it should be ----

  @Test
  void aJobRunsAndReports() throws Exception {
    register(1);
    assertThat(server.registrations.get(0).get("name")).isEqualTo("w1");
    assertThat(server.registrations.get(0).get("version")).isEqualTo("test");
    ScriptedJob job = server.give(job(1, "echo hello; exit 3"));
    awaitEnd(job);
    assertThat(job.calls).startsWith("describe").contains("started").endsWith("finished 3");
    assertThat(job.log).contains("hello\n");
    await().until(() -> worker.unacknowledged().isEmpty());
  }

  @Test
  void jobsThatWaitedBeforeTheRegistrationAreFound() throws Exception {
    ScriptedJob job = job(1, "true");
    server.jobs.add(job);
    register(1);
    awaitEnd(job);
  }

  @Test
  void theQueuesOrderIsTheOrderOfTheStarts() throws Exception {
    register(1);
    ScriptedJob first = server.give(job(1, until("go")));
    await().until(() -> first.has("started"));
    ScriptedJob second = job(2, "true");
    ScriptedJob third = job(3, "true");
    server.jobs.addAll(List.of(third, second));
    second.answers = call -> !call.equals("started") || third.has("started");
    server.tell();
    await().until(() -> second.has("describe") && third.has("describe"));
    make("go");
    awaitEnd(second);
    assertThat(second.calls).contains("finished 0");
  }

  @Test
  void aJobThatIsTakenBackWhileItWaitsDoesNotStart() throws Exception {
    register(1);
    ScriptedJob first = server.give(job(1, until("go")));
    await().until(() -> first.has("started"));
    ScriptedJob second = server.give(job(2, "true"));
    ScriptedJob third = server.give(job(3, "true"));
    await().until(() -> third.has("describe"));
    server.jobs.remove(second);
    long asked = server.calls.size();
    server.tell();
    await().until(() -> server.calls.size() > asked);
    server.client.call("status").join();
    make("go");
    awaitEnd(third);
    assertThat(second.calls).containsExactly("describe");
  }

  @Test
  void theStatusNamesWhatRuns() throws Exception {
    register(1);
    ScriptedJob job = server.give(job(5, until("go")));
    await().until(() -> job.has("started"));
    Map<?, ?> status = (Map<?, ?>) server.client.call("status").join();
    assertThat((List<?>) status.get("running"))
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("id", 5L)
        .containsEntry("attempt", 1L);
    assertThat(status.get("free_disk")).isInstanceOf(Long.class);
    assertThat(server.client.call("stop", 6, "no such").join()).isEqualTo(false);
    assertThat(server.client.call("stop", 5, "enough").join()).isEqualTo(true);
    await().until(() -> job.has("failed false enough"));
  }

  @Test
  void anAnswerOfFalseEndsTheJobWithoutAWord() throws Exception {
    register(1);
    ScriptedJob job = job(1, "while true; do echo x; sleep 0.02; done");
    job.answers = call -> !call.equals("log");
    server.give(job);
    await().until(() -> worker.running().isEmpty() && job.has("log"));
    assertThat(job.calls).noneMatch(c -> c.startsWith("finished") || c.startsWith("failed"));
  }

  @Test
  void aShutdownThatIsAskedForEndsWithAGoodbye() throws Exception {
    register(1);
    server.client.call("shutdown", true).join();
    agent.ended().get(10, TimeUnit.SECONDS);
    await().until(() -> server.calls.contains("goodbye"));
    assertThat(server.logins).hasValue(1);
  }

  // ---- who is not wanted ----

  @Test
  void aWrongSecretEndsItWithTheMend() throws Exception {
    startWorker(1);
    agent =
        HbQueueWorker.start(settings(server.port(), "wrong-4712", Duration.ofSeconds(9)), worker);
    assertThatThrownBy(() -> agent.ended().get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(WorkerRefusedException.class)
        .hasMessageContaining("spindle worker-add w1")
        .hasMessageNotContaining("4712");
    assertThat(agent.registered()).isCompletedExceptionally();
    assertThat(settings(1, SECRET, Duration.ZERO).toString()).doesNotContain(SECRET);
  }

  @Test
  void aRefusedRegistrationEndsItWithTheControllersWords() throws Exception {
    server.onRegister = () -> ScriptedJob.error("spindle.NameTaken");
    startWorker(1);
    startAgent(server.port());
    assertThatThrownBy(() -> agent.ended().get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(WorkerRefusedException.class)
        .hasMessage("the script says so");
  }

  @Test
  void oneThatWasReplacedDoesNotComeBack() throws Exception {
    register(1);
    server.client.send("replaced", "by w1 from elsewhere");
    server.connection.close();
    assertThatThrownBy(() -> agent.ended().get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(WorkerRefusedException.class)
        .hasMessage("by w1 from elsewhere");
    assertThat(server.logins).hasValue(1);
  }

  // ---- who is not there ----

  @Test
  void aControllerThatHangsUpIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    server.onRegister =
        () -> {
          if (tries.incrementAndGet() < 4) {
            server.connection.close();
            return new CompletableFuture<>();
          }
          return server.queue();
        };
    register(1);
    assertThat(tries).hasValue(4);
  }

  @Test
  void anUnavailableFarmIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    server.onRegister =
        () ->
            tries.incrementAndGet() < 3 ? ScriptedJob.error("spindle.Unavailable") : server.queue();
    register(1);
    assertThat(tries).hasValue(3);
  }

  @Test
  void aSilentControllerIsLeftAndFoundAgain() throws Exception {
    startWorker(1);
    startAgent(server.port(), Duration.ofMillis(200));
    agent.registered().get(10, TimeUnit.SECONDS);
    await().until(() -> server.registrations.size() >= 2);
  }

  @Test
  void aControllerThatPrintsIsNotSilent() throws Exception {
    startWorker(1);
    startAgent(server.port(), Duration.ofMillis(400));
    agent.registered().get(10, TimeUnit.SECONDS);
    long begin = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              server.client.call("print", "keepalive").join();
              return System.nanoTime() - begin > Duration.ofSeconds(1).toNanos();
            });
    assertThat(server.logins).hasValue(1);
  }

  @Test
  void closingDoesNotWaitForARegistrationThatIsNeverAnswered() throws Exception {
    server.onRegister = CompletableFuture::new;
    startWorker(1);
    startAgent(server.port());
    await().until(() -> !server.registrations.isEmpty());
    agent.close();
    agent.ended().get(5, TimeUnit.SECONDS);
  }

  @Test
  void aSessionThatWasLeftBeforeItBeganDoesNotRegister() throws Exception {
    startWorker(1);
    WorkerSession session =
        new WorkerSession(
            settings(server.port(), SECRET, Duration.ofSeconds(60)), worker, () -> {});
    session.leave();
    try {
      session.run(() -> {});
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("login failed");
    }
    assertThat(server.registrations).isEmpty();
  }

  // ---- one bad job ----

  @Test
  void aJobOfAnUnknownKindIsGivenBackAndTheOthersRun() throws Exception {
    register(1);
    ScriptedJob bad = job(1, "true");
    bad.description.put("kind", "docker");
    ScriptedJob good = job(2, "true");
    server.jobs.addAll(List.of(bad, good));
    server.tell();
    awaitEnd(good);
    await().until(() -> server.calls.stream().anyMatch(c -> c.startsWith("refuse 1 ")));
    assertThat(server.calls).anyMatch(c -> c.contains("unknown kind 'docker'"));
    assertThat(server.logins).hasValue(1);
    assertThat(bad.calls).containsExactly("describe");
  }

  @Test
  void aJobThatCannotBeDescribedIsGivenBackAndTheOthersRun() throws Exception {
    register(1);
    ScriptedJob bad = job(1, "true");
    bad.answers = call -> new IllegalStateException("a fault");
    ScriptedJob good = job(2, "true");
    server.jobs.addAll(List.of(bad, good));
    server.tell();
    awaitEnd(good);
    await().until(() -> server.calls.stream().anyMatch(c -> c.startsWith("refuse 1 ")));
  }

  @Test
  void aQueueThatCannotBeReadIsReadAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ScriptedJob job = job(1, "true");
    server.jobs.add(job);
    server.onJobs =
        () ->
            asked.incrementAndGet() == 1
                ? new IllegalStateException("a fault")
                : List.copyOf(server.jobs);
    register(1);
    awaitEnd(job);
  }

  @Test
  void aReportThatTheFarmCannotTakeNowIsMadeAgain() throws Exception {
    register(1);
    ScriptedJob job = job(1, "echo one; echo two");
    AtomicInteger told = new AtomicInteger();
    job.answers =
        call ->
            call.equals("finished") && told.incrementAndGet() == 1
                ? ScriptedJob.error("spindle.Unavailable")
                : (Object) true;
    server.give(job);
    await().until(() -> job.count("finished") == 2);
    await().until(() -> worker.unacknowledged().isEmpty());
    assertThat(job.count("started")).isEqualTo(1);
    assertThat(server.registrations.get(1).get("running")).isEqualTo(List.of(List.of(1L, 1L)));
  }

  @Test
  void aLongReasonIsCutToWhatTheWireTakes() throws Exception {
    register(1);
    ScriptedJob job =
        new ScriptedJob(
            job(1, shell("true").outputs(List.of("x".repeat(40_000))), Duration.ofSeconds(60)));
    server.give(job);
    awaitEnd(job);
    assertThat(job.calls)
        .filteredOn(c -> c.startsWith("failed"))
        .singleElement()
        .asString()
        .endsWith("…")
        .hasSizeLessThan(HbJob.MAX_TEXT_CHARS + 20);
  }

  // ---- what ran before the connection was lost ----

  @Test
  void whatIsInTheNewQueueGoesOn() throws Exception {
    register(1);
    ScriptedJob job = server.give(job(1, "echo begin; " + until("go") + "; echo end"));
    await().until(() -> job.has("started"));
    ScriptedJob handle = job(1, "");
    server.jobs.clear();
    server.jobs.add(handle);
    server.connection.close();
    await().until(() -> server.registrations.size() == 2);
    assertThat(server.registrations.get(1).get("running")).isEqualTo(List.of(List.of(1L, 1L)));
    make("go");
    awaitEnd(handle);
    assertThat(handle.calls).doesNotContain("started").endsWith("finished 0");
    assertThat(job.log.toString() + handle.log).contains("begin\n").contains("end\n");
  }

  @Test
  void whatIsNotInTheNewQueueIsDropped() throws Exception {
    register(1);
    ScriptedJob job = server.give(job(1, until("never")));
    await().until(() -> job.has("started"));
    server.jobs.clear();
    server.connection.close();
    await().until(() -> server.registrations.size() == 2);
    await().until(() -> worker.running().isEmpty() && worker.unacknowledged().isEmpty());
    ScriptedJob next = server.give(job(2, "true"));
    awaitEnd(next);
    assertThat(job.calls).noneMatch(c -> c.startsWith("failed"));
  }

  @Test
  void anEndThatTheFarmNoLongerWantsIsForgotten() throws Exception {
    register(1);
    ScriptedJob job = server.give(job(1, until("go")));
    await().until(() -> job.has("started"));
    server.close();
    make("go");
    await().until(() -> worker.unacknowledged().contains(AttemptId.of(1, 1)));
    try (ScriptedServer next = new ScriptedServer(server.port())) {
      await().until(() -> !next.registrations.isEmpty());
      assertThat(next.registrations.get(0).get("running")).isEqualTo(List.of(List.of(1L, 1L)));
      assertThat(next.client.call("stop", 1, "no longer valid").join()).isEqualTo(false);
      await().until(() -> worker.unacknowledged().isEmpty());
    }
  }

  @Test
  void anExclusiveJobEndsWithItsLeaseHoweverOftenTheWorkerTriesToComeBack() throws Exception {
    register(1);
    ScriptedJob job =
        new ScriptedJob(job(1, shell(until("never")).exclusive(true), Duration.ofMillis(1_500)));
    server.give(job);
    await().until(() -> job.has("started"));
    server.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> worker.running().isEmpty());
  }
}

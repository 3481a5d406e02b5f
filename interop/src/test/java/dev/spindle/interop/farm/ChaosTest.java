// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many jobs, while workers and the controller are killed at random; in the end every acknowledged
 * job has succeeded, once. By hand it can be made bigger: {@code -Dchaos.jobs=200
 * -Dchaos.seconds=120 -Dchaos.seed=7}.
 */
final class ChaosTest {
  private static final int JOBS = Integer.getInteger("chaos.jobs", 60);
  private static final int SECONDS = Integer.getInteger("chaos.seconds", 15);
  private static final long SEED = Long.getLong("chaos.seed", 20261120);
  private static final List<String> WORKERS = List.of("w1", "w2", "w3");
  private static final int MAX_ATTEMPTS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 1500;

  @RegisterExtension final Farm farm = Farm.withController("--lease", "3");

  private final Random random = new Random(SEED);
  private int controllerKills;
  private int workerKills;

  @Test
  @Timeout(900)
  void everyAcknowledgedJobSucceedsOnceWhoeverIsKilled() throws IOException {
    System.out.printf("chaos: %d jobs, %d s, seed %d%n", JOBS, SECONDS, SEED);
    long begun = System.nanoTime();
    farm.startController();
    Set<Long> acknowledged = submitAll();
    WORKERS.forEach(worker -> farm.startWorker(worker, "--slots", "2"));
    List<Program> submits = wreak();
    submits.stream()
        .map(Program::end)
        .filter(submit -> submit.code() == 0)
        .forEach(submit -> acknowledged.add(id(submit)));
    Awaitility.await("all jobs have ended")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> unfinished() == 0);
    List<JobView> jobs = jobs();
    jobs.forEach(this::assertSucceededOnce);
    assertThat(jobs).extracting(job -> job.json().path("id").asLong()).containsAll(acknowledged);
    assertThat(jobs.stream().map(job -> job.json().at("/end/outputs/0/sha256")).distinct())
        .as("different results")
        .hasSize(jobs.size());
    farm.endInGoodOrder();
    System.out.printf(
        "chaos: %d jobs (%d acknowledged) succeeded in %d s; %d attempts;"
            + " killed: controller %d, workers %d times%n",
        jobs.size(),
        acknowledged.size(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
        jobs.stream().mapToInt(JobView::attempts).sum(),
        controllerKills,
        workerKills);
  }

  private void assertSucceededOnce(JobView job) {
    assertThat(job.state()).as("%s", job.json()).isEqualTo("succeeded");
    assertThat(JobView.texts(job.json().path("attempts"), "outcome"))
        .as("%s", job.json())
        .containsOnlyOnce("exit status 0");
    assertThat(job.outputs()).as("%s", job.json()).containsExactly("result");
    String number = job.json().at("/spec/args/env/NUMBER").asText();
    assertThat(read(farm.path("starts-" + number)).lines().count())
        .as("starts of %s", job.json())
        .isLessThanOrEqualTo(job.attempts());
  }

  private List<JobView> jobs() {
    JsonNode list = JobView.json(expect(0, farm.spindle("jobs", "--json", "--limit=1000")).out());
    return StreamSupport.stream(list.spliterator(), false).map(JobView::new).toList();
  }

  private long unfinished() {
    return expect(0, farm.spindle("jobs", "--limit=1000"))
        .out()
        .lines()
        .filter(line -> line.matches("\\d+ +(queued|assigned|running) .*"))
        .count();
  }

  /** Before anybody is killed: from one command, whose input the others share. */
  private Set<Long> submitAll() throws IOException {
    write(farm.user("common"), "what all jobs need\n");
    long first = id(submit(1).end());
    Set<Long> ids = new HashSet<>(Set.of(first));
    try (OperatorClient operator = farm.operator()) {
      List<StoredFile> inputs = operator.job(new JobId(first)).spec().inputs();
      for (int number = 2; number <= JOBS; number++) {
        var work =
            new ShellWork(
                List.of("sh", "-c", script(number)), Map.of("NUMBER", Integer.toString(number)));
        JobSpec spec =
            JobSpec.of(work)
                .inputs(inputs)
                .outputs(List.of("result"))
                .maxAttempts(MAX_ATTEMPTS)
                .build();
        ids.add(operator.submit(spec).id().number());
      }
    }
    return ids;
  }

  private Program submit(int number) {
    return farm.begin(
        "submit",
        "--input=common",
        "--output=result",
        "--max-attempts=" + MAX_ATTEMPTS,
        "--env=NUMBER=" + number,
        "--",
        "sh",
        "-c",
        script(number));
  }

  private static long id(Ended submit) {
    return Long.parseLong(expect(0, submit).out().strip());
  }

  private String script(int number) {
    return "echo x >>'%s'; cat common; sleep %d.%d; cat common >result; echo %d >>result"
        .formatted(farm.path("starts-" + number), number % 3, number % 10, number);
  }

  /**
   * Kills and restarts for a while, and submits one more job each time, whose acknowledgement may
   * fall victim. What is killed is back before the next is chosen.
   */
  private List<Program> wreak() {
    List<Program> submits = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      submits.add(submit(JOBS + 1 + submits.size()));
      pause(random.nextInt(LONGEST_PAUSE_MILLIS));
      if (random.nextInt(3) == 0) {
        controllerKills++;
        farm.controller().kill();
        pause(random.nextInt(LONGEST_PAUSE_MILLIS));
        farm.startController();
      } else {
        workerKills++;
        String name = WORKERS.get(random.nextInt(WORKERS.size()));
        farm.worker(name).kill();
        pause(random.nextInt(LONGEST_PAUSE_MILLIS));
        farm.launchWorker(List.of(), name, farm.path("worker-" + name), "--slots", "2");
      }
    }
    return submits;
  }

  /** Lets things go on: nothing is waited for, it is the chance that something is under way. */
  private static void pause(int millis) {
    Awaitility.await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }
}

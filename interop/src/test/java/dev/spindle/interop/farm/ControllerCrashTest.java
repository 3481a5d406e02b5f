// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.awaitFile;
import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A controller that is killed as by {@code kill -9}, and starts again at the same address. */
final class ControllerCrashTest {
  @RegisterExtension final Farm farm = Farm.withController();

  private void crash() {
    farm.controller().kill();
    farm.startController();
  }

  @Test
  void everyAcknowledgedJobIsThere() {
    farm.startController();
    write(farm.user("in.txt"), "of job two\n");
    long one = farm.submit("--", "sh", "-c", "echo one >>'" + farm.path("ran") + "'");
    long two = farm.submit("--input=in.txt", "--output=out", "--", "cp", "in.txt", "out");
    long cancelled = farm.submit("--", "sh", "-c", "echo never >>'" + farm.path("ran") + "'");
    expect(0, farm.spindle("cancel", Long.toString(cancelled)));
    crash();

    JsonNode jobs = JobView.json(expect(0, farm.spindle("jobs", "--json")).out());
    assertThat(JobView.texts(jobs, "state")).containsExactly("cancelled", "queued", "queued");
    farm.startWorker("w1");
    assertThat(farm.awaitEnd(one).state()).isEqualTo("succeeded");
    assertThat(farm.awaitEnd(two).state()).isEqualTo("succeeded");
    expect(0, farm.spindle("fetch", Long.toString(two)));
    assertThat(read(farm.user("out"))).isEqualTo("of job two\n");
    assertThat(read(farm.path("ran"))).isEqualTo("one\n");
    assertThat(farm.job(cancelled).state()).isEqualTo("cancelled");
  }

  @Test
  void aRunningJobGoesOnWithoutASecondStart() {
    farm.startController();
    farm.startWorker("w1");
    String script =
        "cd '%s'; echo start >>ran; echo before; until [ -e go ]; do sleep 0.05; done; echo after"
            .formatted(farm.path(""));
    long id = farm.submit("--", "sh", "-c", script);
    awaitFile(farm.path("ran"));
    crash();
    assertThat(farm.job(id).state()).isEqualTo("running");
    write(farm.path("go"), "");

    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).isEqualTo("succeeded");
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(read(farm.path("ran"))).isEqualTo("start\n");
    assertThat(farm.spindle("logs", Long.toString(id)).out()).isEqualTo("before\nafter\n");
    farm.endInGoodOrder();
  }

  @Test
  void aJobThatEndsMeanwhileIsDeliveredOnReturn() {
    farm.startController();
    farm.startWorker("w1");
    String script =
        "echo start >>'%1$s/ran'; until [ -e '%1$s/go' ]; do sleep 0.05; done; echo it >out; echo end >'%1$s/end'"
            .formatted(farm.path(""));
    long id = farm.submit("--output=out", "--", "sh", "-c", script);
    awaitFile(farm.path("ran"));
    farm.controller().kill();
    write(farm.path("go"), "");
    awaitFile(farm.path("end"));
    farm.startController();

    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).isEqualTo("succeeded");
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(read(farm.path("ran"))).isEqualTo("start\n");
    expect(0, farm.spindle("fetch", Long.toString(id)));
    assertThat(read(farm.user("out"))).isEqualTo("it\n");
  }

  @Test
  void aDeliveryThatWasCutOffIsMadeAgain() throws IOException {
    farm.startController();
    farm.startWorker("w1");
    long bytes = 400L << 20;
    String script =
        "echo start >>'%s'; head -c %d /dev/zero | tr '\\0' 'x' >big"
            .formatted(farm.path("ran"), bytes);
    long id = farm.submit("--output=big", "--", "sh", "-c", script);
    Awaitility.await("the delivery is under way").until(() -> incoming() > 0);
    farm.controller().kill();
    assertThat(incoming()).as("bytes delivered").isLessThan(bytes);
    farm.startController();

    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).as("%s", job.json()).isEqualTo("succeeded");
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(read(farm.path("ran"))).isEqualTo("start\n");
    expect(0, farm.spindle("fetch", Long.toString(id)));
    assertThat(Files.size(farm.user("big"))).isEqualTo(bytes);
  }

  /** How much is in the depot of files that are not whole. */
  private long incoming() throws IOException {
    Path folder = farm.data().resolve("depot/incoming");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void whoFollowsAJobIsToldHowToGoOn() {
    farm.startController();
    farm.startWorker("w1", "--slots=2");
    String script = "echo one; exec sleep 1000";
    Program wait = farm.begin("submit", "--wait", "--", "sh", "-c", script);
    long id = farm.submit("--", "sh", "-c", script);
    Program follow = farm.begin("logs", "-f", Long.toString(id));
    wait.awaitOut("one\n");
    follow.awaitOut("one\n");
    farm.controller().kill();
    for (Program follower : new Program[] {follow, wait}) {
      Ended ended = follower.end();
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains("lost the controller", "logs -f");
    }
  }
}

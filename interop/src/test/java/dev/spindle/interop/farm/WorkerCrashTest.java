// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.awaitFile;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that are killed as by {@code kill -9}; a silent worker's jobs are taken after 2 s. */
final class WorkerCrashTest {
  @RegisterExtension final Farm farm = Farm.withController("--lease", "2");

  /** Says who runs it and waits for leave to end. */
  private List<String> job() {
    String script =
        "cd '%s'; echo $$ >>pids; until [ -e go ]; do sleep 0.05; done; echo done >>ends"
            .formatted(farm.path(""));
    return List.of("sh", "-c", script);
  }

  private long submit() {
    List<String> command = job();
    return farm.submit("--", command.get(0), command.get(1), command.get(2));
  }

  @Test
  void aSilentJobOfALiveWorkerOutlastsItsLease() {
    farm.startController();
    farm.startWorker("w1");
    Path started = farm.path("started");
    long id = farm.submit("--", "sh", "-c", "echo x >'" + started + "'; exec sleep 5");
    awaitFile(started);
    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).isEqualTo("succeeded");
    assertThat(job.attempts()).as("attempts of %s", job.json()).isEqualTo(1);
  }

  @Test
  void itsProcessesAreGoneWhenItIsBackAndTheJobBeginsAgain() {
    farm.startController();
    Program worker = farm.startWorker("w1");
    long id = submit();
    long orphan = Long.parseLong(awaitFile(farm.path("pids")).strip());
    worker.kill();
    assertThat(Processes.isAlive(orphan)).as("the job goes on without its worker").isTrue();

    farm.startWorker("w1");
    assertThat(Processes.isAlive(orphan)).as("the job of the earlier life").isFalse();
    Awaitility.await("a second start").until(() -> read(farm.path("pids")).lines().count() == 2);
    write(farm.path("go"), "");
    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).isEqualTo("succeeded");
    assertThat(job.workers()).containsExactly("w1", "w1");
    assertThat(read(farm.path("ends"))).isEqualTo("done\n");
    farm.endInGoodOrder();
  }

  @Test
  void anotherWorkerFinishesItsJobOnceTheLeaseIsOver() {
    farm.startController();
    Program first = farm.startWorker("w1");
    long id = submit();
    long orphan = Long.parseLong(awaitFile(farm.path("pids")).strip());
    farm.startWorker("w2");
    first.kill();
    Processes.kill(orphan);
    write(farm.path("go"), "");
    JobView job = farm.awaitEnd(id);
    assertThat(job.state()).isEqualTo("succeeded");
    assertThat(job.workers()).containsExactly("w1", "w2");
    assertThat(read(farm.path("ends"))).isEqualTo("done\n");
  }

  @Test
  void aWorkerThatIsToldToEndTakesItsJobsAlongAndTheyGoElsewhereAtOnce() {
    farm.startController();
    Program first = farm.startWorker("w1");
    long id = submit();
    long running = Long.parseLong(awaitFile(farm.path("pids")).strip());
    farm.startWorker("w2");
    first.terminate();
    assertThat(Processes.isAlive(running)).isFalse();
    write(farm.path("go"), "");
    JobView job = farm.awaitEnd(id);
    assertThat(job.workers()).containsExactly("w1", "w2");
    assertThat(job.state()).isEqualTo("succeeded");
    farm.endInGoodOrder();
  }
}

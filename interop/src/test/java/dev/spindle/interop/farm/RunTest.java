// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code spindle run}: a whole farm for one job, which is gone afterwards. */
final class RunTest {
  @RegisterExtension static final Farm farm = Farm.withController();

  private static Ended run(String... arguments) {
    return farm.beginAlone(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("run"), java.util.stream.Stream.of(arguments))
                .toArray(String[]::new))
        .end();
  }

  @Test
  void theOutputIsInTheCurrentFolder() {
    write(farm.user("notes/a text.txt"), "hello hello hello\n");
    Ended run =
        run(
            "--input",
            "notes/a text.txt",
            "--output",
            "**.gz",
            "--",
            "gzip",
            "-k",
            "notes/a text.txt");
    expect(0, run);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("notes/a text.txt.gz");
    Ended unpacked =
        farm.start("gunzip", List.of("gzip", "-dc", farm.user("notes/a text.txt.gz").toString()))
            .end();
    assertThat(unpacked.out()).isEqualTo("hello hello hello\n");
  }

  @Test
  void theJobsStreamsAndStatusAreItsOwn() {
    Ended run = run("--", "sh", "-c", "echo to out; echo to err >&2; exit 7");
    assertThat(run.code()).isEqualTo(7);
    assertThat(run.out()).isEqualTo("to out\n");
    assertThat(run.err()).contains("to err\n").doesNotContain("to out", "WARN", "ERROR");
  }

  @Test
  void theJobSeesAnEmptyStdin() {
    assertThat(expect(0, run("--", "cat")).out()).isEmpty();
  }

  @Test
  void aCommandThatDoesNotExistIs127() {
    Ended run = run("--", "no-such-program", "x");
    assertThat(run.code()).isEqualTo(127);
    assertThat(run.err()).contains("no-such-program");
  }

  @Test
  void aMissingInputIsNamedBeforeAnythingStarts() {
    Ended run = run("--input", "no such file", "--", "true");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("spindle run: input no such file: no such file or folder\n");
  }

  @Test
  void anOutputPatternThatMatchesNothingFailsASuccess() {
    Ended run = run("--output", "*.iso", "--", "true");
    assertThat(run.code()).isEqualTo(125);
    assertThat(run.err()).contains("*.iso");
  }

  @Test
  void anInterruptLeavesNothingBehind() {
    Path started = farm.user("started");
    Program run =
        farm.beginAlone(
            "run", "--", "sh", "-c", "echo x > '" + started + "'; setsid sleep 1000 & sleep 1000");
    Farm.awaitFile(started);
    Ended ended = run.terminate();
    assertThat(ended.code()).as(ended.err()).isIn(130, 143);
    assertThat(farm.processes()).extracting(Processes::commandLine).isEmpty();
    assertThat(farm.path("cache/spindle")).isEmptyDirectory();
  }

  /** While the farm starts or the input is sent: there is no job yet that could be cancelled. */
  @Test
  void anInterruptBeforeTheJobIsSubmittedEndsItToo() {
    write(farm.user("large"), "x".repeat(64 << 20));
    File runs = farm.path("cache/spindle").toFile();
    Program run = farm.beginAlone("run", "--input", "large", "--", "sleep", "1000");
    Awaitility.await("the run's folder")
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Optional.ofNullable(runs.list()).filter(all -> all.length > 0).isPresent());
    Ended ended = run.terminate();
    assertThat(ended.code()).as(ended.err()).isIn(130, 143);
    assertThat(farm.processes()).extracting(Processes::commandLine).isEmpty();
    assertThat(farm.path("cache/spindle")).isEmptyDirectory();
  }

  @Test
  void filesOfOneThatWasKilledAreRemovedByTheNext() {
    Path started = farm.user("begun");
    Program run =
        farm.beginAlone("run", "--", "sh", "-c", "echo x > '" + started + "'; sleep 1000");
    Farm.awaitFile(started);
    run.kill();
    assertThat(farm.path("cache/spindle")).isNotEmptyDirectory();
    expect(0, run("--", "true"));
    assertThat(farm.path("cache/spindle")).isEmptyDirectory();
    Awaitility.await("the job of the killed run is dead").until(() -> farm.processes().isEmpty());
  }

  @Test
  void aFolderComesWithItsFilesUnderTheirNames() {
    write(farm.user("tree/one.txt"), "1");
    write(farm.user("tree/deep/two.txt"), "2");
    Ended run =
        run(
            "--input",
            "tree",
            "--output",
            "sum",
            "--",
            "sh",
            "-c",
            "cat tree/one.txt tree/deep/two.txt > sum");
    expect(0, run);
    assertThat(read(farm.user("sum"))).isEqualTo("12");
  }
}

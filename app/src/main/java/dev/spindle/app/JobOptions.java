// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that describe a job, the same for {@code run} and {@code submit}. */
final class JobOptions {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "a file, or a folder with all in it, that the job needs; repeatable. A relative path keeps its folders; of a path from elsewhere (absolute, or with '..') the last name is kept")
  private List<Path> inputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "GLOB",
      description =
          "files to bring back, such as 'out/*.o' or '**.log'; repeatable. Each must match a file"
              + " when the command succeeds")
  private List<String> outputs = List.of();

  @Option(
      names = "--priority",
      paramLabel = "N",
      defaultValue = "0",
      description = "jobs with a higher one run first, -1000 to 1000 (default: 0)")
  private int priority;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description =
          "only a worker with this tag may run it; repeatable, and then it must have all (default: any worker)")
  private List<String> tags = List.of();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "add this to the command's environment; repeatable")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "kill the job after S seconds without output (default: never)")
  private @Nullable Double timeout;

  @Option(
      names = "--max-time",
      paramLabel = "S",
      description = "kill the job after S seconds in all (default: never)")
  private @Nullable Double maxTime;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "" + JobSpec.DEFAULT_MAX_ATTEMPTS,
      description =
          "start it at most N times, when attempts are lost with their workers (default: 5)")
  private int maxAttempts;

  @Option(
      names = "--exclusive",
      description =
          "never let two attempts be alive at once: a worker out of reach stops it as its lease ends")
  private boolean exclusive;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "the program and its arguments, behind '--'; no shell reads them")
  private List<String> command = List.of();

  List<Path> inputs() {
    return inputs;
  }

  /** What a worker must offer. */
  Set<String> tags() {
    return Set.copyOf(tags);
  }

  /** The job, with its inputs as they are in the depot. */
  JobSpec spec(List<StoredFile> stored) {
    JobSpec.Builder spec =
        JobSpec.of(new ShellWork(command, environment))
            .inputs(stored)
            .outputs(outputs)
            .priority(priority)
            .tags(tags())
            .exclusive(exclusive)
            .maxAttempts(maxAttempts);
    if (timeout != null) {
      spec.timeout(seconds(timeout));
    }
    if (maxTime != null) {
      spec.maxTime(seconds(maxTime));
    }
    return spec.build();
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}

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
      description = "a file or folder that the job needs; repeatable")
  private List<Path> inputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "GLOB",
      description =
          "files that the job leaves, such as 'out/*.o' or '**.log'; repeatable, and each must"
              + " match something when the command succeeds")
  private List<String> outputs = List.of();

  @Option(
      names = "--priority",
      paramLabel = "N",
      defaultValue = "0",
      description = "higher runs first, -1000 to 1000 (default: 0)")
  private int priority;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "a worker must have this tag; repeatable")
  private List<String> tags = List.of();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "added to the job's environment; repeatable")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "stop the job after S seconds without output")
  private @Nullable Double timeout;

  @Option(
      names = "--max-time",
      paramLabel = "S",
      description = "stop the job after S seconds in all")
  private @Nullable Double maxTime;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "" + JobSpec.DEFAULT_MAX_ATTEMPTS,
      description = "give up after N attempts were lost with their workers (default: 5)")
  private int maxAttempts;

  @Option(
      names = "--exclusive",
      description = "never let two attempts be alive at once, even if a worker is out of reach")
  private boolean exclusive;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "the program and its arguments, behind --; no shell reads them")
  private List<String> command = List.of();

  List<Path> inputs() {
    return inputs;
  }

  /** The job, with its inputs as they are in the depot. */
  JobSpec spec(List<StoredFile> stored) {
    JobSpec.Builder spec =
        JobSpec.of(new ShellWork(command, environment))
            .inputs(stored)
            .outputs(outputs)
            .priority(priority)
            .tags(Set.copyOf(tags))
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

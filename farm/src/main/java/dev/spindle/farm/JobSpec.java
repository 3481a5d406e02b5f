// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user asks for.
 *
 * @param work what to do
 * @param inputs files put into the working directory first; their content is in the depot
 * @param outputs glob patterns over the working directory; each must match when the work succeeded
 * @param priority higher runs first; {@value #MIN_PRIORITY} to {@value #MAX_PRIORITY}, usually 0
 * @param tags a worker must have all of them
 * @param timeout longest silence (no output) before the job is stopped
 * @param maxTime longest run before the job is stopped
 * @param exclusive two attempts are never alive at once, even when a worker is unreachable
 * @param maxAttempts how many attempts may start before a job that keeps losing its workers fails
 */
public record JobSpec(
    Work work,
    List<StoredFile> inputs,
    List<String> outputs,
    int priority,
    Set<String> tags,
    Optional<Duration> timeout,
    Optional<Duration> maxTime,
    boolean exclusive,
    int maxAttempts) {

  public static final int MIN_PRIORITY = -1000;
  public static final int MAX_PRIORITY = 1000;
  public static final int DEFAULT_MAX_ATTEMPTS = 5;

  /** Most inputs, output patterns or tags of one job: a bound on what one submission can cost. */
  public static final int MAX_ITEMS = 10_000;

  public JobSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    tags = Set.copyOf(tags);
    if (priority < MIN_PRIORITY || priority > MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "priority " + priority + ": expected " + MIN_PRIORITY + " to " + MAX_PRIORITY);
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("max attempts " + maxAttempts + ": expected at least 1");
    }
    timeout.ifPresent(t -> refuseNonPositive("timeout", t));
    maxTime.ifPresent(t -> refuseNonPositive("max time", t));
    if (inputs.size() > MAX_ITEMS || outputs.size() > MAX_ITEMS || tags.size() > MAX_ITEMS) {
      throw new IllegalArgumentException(
          "a job takes at most " + MAX_ITEMS + " inputs, outputs and tags each");
    }
    var names = new HashSet<FileName>();
    for (StoredFile input : inputs) {
      if (!names.add(input.name())) {
        throw new IllegalArgumentException("input '" + input.name() + "' is given twice");
      }
    }
  }

  private static void refuseNonPositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " " + value + ": expected more than 0 seconds");
    }
  }

  /** Starts a spec with everything else at its default: no files, priority 0, no limits. */
  public static Builder of(Work work) {
    return new Builder(work);
  }

  /** Collects a {@link JobSpec}. Not for use by several threads. */
  public static final class Builder {
    private final Work work;
    private List<StoredFile> inputs = List.of();
    private List<String> outputs = List.of();
    private int priority;
    private Set<String> tags = Set.of();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<Duration> maxTime = Optional.empty();
    private boolean exclusive;
    private int maxAttempts = DEFAULT_MAX_ATTEMPTS;

    private Builder(Work work) {
      this.work = work;
    }

    public Builder inputs(List<StoredFile> inputs) {
      this.inputs = inputs;
      return this;
    }

    public Builder outputs(List<String> outputs) {
      this.outputs = outputs;
      return this;
    }

    public Builder priority(int priority) {
      this.priority = priority;
      return this;
    }

    public Builder tags(Set<String> tags) {
      this.tags = tags;
      return this;
    }

    public Builder timeout(Duration timeout) {
      this.timeout = Optional.of(timeout);
      return this;
    }

    public Builder maxTime(Duration maxTime) {
      this.maxTime = Optional.of(maxTime);
      return this;
    }

    public Builder exclusive(boolean exclusive) {
      this.exclusive = exclusive;
      return this;
    }

    public Builder maxAttempts(int maxAttempts) {
      this.maxAttempts = maxAttempts;
      return this;
    }

    /**
     * Checks and builds.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public JobSpec build() {
      return new JobSpec(
          work, inputs, outputs, priority, tags, timeout, maxTime, exclusive, maxAttempts);
    }
  }
}

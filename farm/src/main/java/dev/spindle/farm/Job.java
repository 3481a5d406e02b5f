// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job as it stands at one moment.
 *
 * @param id its number
 * @param spec what was asked
 * @param state where it is
 * @param attempt the number of the newest assignment, 0 before the first
 * @param worker who has it, while it is assigned or running
 * @param submittedAt when it was accepted
 * @param attempts every attempt that was started, oldest first
 * @param end how it ended, in a final state
 */
public record Job(
    JobId id,
    JobSpec spec,
    JobState state,
    int attempt,
    Optional<WorkerName> worker,
    Instant submittedAt,
    List<Attempt> attempts,
    Optional<JobEnd> end) {
  public Job {
    attempts = List.copyOf(attempts);
    if (state.isFinal() != end.isPresent()) {
      throw new IllegalArgumentException("job " + id + " in state " + state + " with end " + end);
    }
  }

  public static Job submitted(JobId id, JobSpec spec, Instant at) {
    return new Job(id, spec, JobState.QUEUED, 0, Optional.empty(), at, List.of(), Optional.empty());
  }
}

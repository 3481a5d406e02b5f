// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A job that has not started, as the scheduler sees it. Ordered by who is served first: higher
 * priority, then smaller id.
 *
 * @param id the job
 * @param priority higher first
 * @param need what a worker must have
 * @param inputs its largest inputs: what a worker should rather hold already
 * @param at in whose queue it waits, if in any
 */
record WaitingJob(
    JobId id, int priority, Need need, List<StoredFile> inputs, Optional<WorkerName> at)
    implements Comparable<WaitingJob> {

  /** Most inputs that are weighed: the largest decide what a transfer costs. */
  static final int MAX_WEIGHED_INPUTS = 8;

  private static final Comparator<WaitingJob> ORDER =
      Comparator.comparingInt(WaitingJob::priority).reversed().thenComparing(WaitingJob::id);

  static WaitingJob of(JobId id, JobSpec spec, Set<WorkerName> avoid, Optional<WorkerName> at) {
    return new WaitingJob(id, spec.priority(), Need.of(spec, avoid), largest(spec.inputs()), at);
  }

  private static List<StoredFile> largest(List<StoredFile> inputs) {
    if (inputs.size() <= MAX_WEIGHED_INPUTS) {
      return inputs;
    }
    return inputs.stream()
        .sorted(Comparator.comparingLong(StoredFile::size).reversed())
        .limit(MAX_WEIGHED_INPUTS)
        .toList();
  }

  @Override
  public int compareTo(WaitingJob other) {
    return ORDER.compare(this, other);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where the farm's state is kept.
 *
 * <p>Thread: any. Only {@link #open} blocks. Commits are made in the order in which they were asked
 * for; reads see every commit whose stage has completed.
 */
public interface JobStore extends AutoCloseable {

  /** What the controller needs to go on after a restart. Called once, first; blocks. */
  Snapshot open();

  /**
   * Makes changes durable, all or none. The store may group several commits into one transaction.
   *
   * @return completes once the changes would survive a power cut; fails when they did not get in
   */
  CompletionStage<Void> commit(List<StoreChange> changes);

  CompletionStage<Optional<Job>> job(JobId id);

  CompletionStage<List<Job>> jobs(JobQuery query);

  /** The job's log behind {@code afterSequence}, oldest first, at most {@code limit} chunks. */
  CompletionStage<List<LogChunk>> log(JobId id, long afterSequence, int limit);

  /** Waits for what was asked to be committed, then closes. */
  @Override
  void close();

  /**
   * The state at start.
   *
   * @param unfinished every job that is not in a final state, oldest first
   * @param workers every registered worker
   * @param lastId the highest job id ever given, 0 at first
   * @param logEnds for each unfinished job with a log, its last sequence number
   */
  record Snapshot(
      List<Job> unfinished,
      List<RegisteredWorker> workers,
      long lastId,
      java.util.Map<JobId, Long> logEnds) {
    public Snapshot {
      unfinished = List.copyOf(unfinished);
      workers = List.copyOf(workers);
      logEnds = java.util.Map.copyOf(logEnds);
    }
  }
}

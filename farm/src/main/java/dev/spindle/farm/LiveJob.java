// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A job that has not ended. Its record is what is on disk, but for the assignment of a job that has
 * not started. On the loop only.
 */
final class LiveJob {
  private final Turns turns;
  private Job record;
  private long lastLogSequence;
  private @Nullable JobLog log;
  private @Nullable LiveAttempt attempt;
  private Set<WorkerName> refusedBy = Set.of();

  /**
   * @param onChange told when it becomes movable or ceases to be
   */
  LiveJob(Job record, long lastLogSequence, Consumer<LiveJob> onChange) {
    this.record = record;
    this.lastLogSequence = lastLogSequence;
    this.turns = new Turns(() -> turnsChanged(onChange));
  }

  private void turnsChanged(Consumer<LiveJob> onChange) {
    if (hasNotStarted()) {
      onChange.accept(this);
    }
  }

  JobId id() {
    return record.id();
  }

  Job record() {
    return record;
  }

  /** For {@link JobTable}, whose indexes must follow. */
  void record(Job next) {
    record = next;
  }

  JobState state() {
    return record.state();
  }

  Turns turns() {
    return turns;
  }

  /**
   * Its turns, for a call from outside.
   *
   * @throws FarmException BUSY when {@code maxWaiting} wait for one already
   */
  Turns turns(int maxWaiting) {
    if (turns.waiting() >= maxWaiting) {
      throw new FarmException(
          FarmException.Code.BUSY,
          turns.waiting() + " calls wait for job " + id() + " already: wait for answers");
    }
    return turns;
  }

  /** Whether the scheduler may place it: it has not started and nothing is under way. */
  boolean movable() {
    return !turns.taken() && hasNotStarted();
  }

  private boolean hasNotStarted() {
    return record.state() == JobState.QUEUED || record.state() == JobState.ASSIGNED;
  }

  Optional<LiveAttempt> attempt() {
    return Optional.ofNullable(attempt);
  }

  void attempt(LiveAttempt present) {
    attempt = present;
  }

  /** Parts from its attempt, if it has one, and tells which it was. */
  Optional<LiveAttempt> part() {
    Optional<LiveAttempt> parted = attempt();
    attempt = null;
    return parted;
  }

  /** Whether this is its present attempt. */
  boolean has(LiveAttempt known) {
    return attempt == known;
  }

  /** The present attempt, if it is this one at this worker. */
  Optional<LiveAttempt> attempt(AttemptId id, FarmWorker worker) {
    return attempt().filter(a -> a.id().equals(id) && a.worker() == worker);
  }

  JobLog log(LongFunction<JobLog> create) {
    if (log == null) {
      log = create.apply(lastLogSequence);
    }
    return log;
  }

  /** Completes when what was logged so far is on disk or has failed. */
  CompletionStage<Void> logSettled() {
    return log == null ? CompletableFuture.completedStage(null) : log.settled();
  }

  Set<WorkerName> refusedBy() {
    return refusedBy;
  }

  void refusedBy(WorkerName worker, boolean refused) {
    var changed = new HashSet<>(refusedBy);
    if (refused) {
      changed.add(worker);
    } else {
      changed.remove(worker);
    }
    refusedBy = Set.copyOf(changed);
  }
}

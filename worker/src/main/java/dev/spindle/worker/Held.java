// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import java.util.Optional;

/**
 * An attempt that the worker has, from its taking until nothing of it is left. Guarded by Worker.
 */
final class Held {

  /** Where it is. */
  sealed interface Stage {}

  /** Waits for a slot. */
  record Waiting(Assignment assignment) implements Stage {}

  /** Has a slot. */
  record Running(Assignment assignment, AttemptRun run) implements Stage {}

  /** Its end is in the journal. The run is absent when that was in an earlier life. */
  record Ended(AttemptEnd end, Optional<AttemptRun> run) implements Stage {}

  private final AttemptId id;
  private final ReportLine line = new ReportLine();
  private volatile Stage stage; // Written under the monitor, read anywhere.
  private boolean dropped;
  private Optional<WorkerTime.Timer> leaseEnd = Optional.empty();

  Held(AttemptId id, Stage stage) {
    this.id = id;
    this.stage = stage;
  }

  AttemptId id() {
    return id;
  }

  ReportLine line() {
    return line;
  }

  Stage stage() {
    return stage;
  }

  void moveTo(Stage next) {
    stage = next;
  }

  /** Nothing of it may be reported any more; a run under way ends and is forgotten. */
  void drop() {
    dropped = true;
  }

  boolean isDropped() {
    return dropped;
  }

  boolean isAttached() {
    return line.link().isPresent();
  }

  Optional<Running> running() {
    return stage instanceof Running running ? Optional.of(running) : Optional.empty();
  }

  boolean isEnded() {
    return stage instanceof Ended;
  }

  void leaseEndsBy(WorkerTime.Timer timer) {
    forgetLease();
    leaseEnd = Optional.of(timer);
  }

  /** Whether it has lost its controller and is to be stopped when the lease runs out. */
  boolean isOnLease() {
    return leaseEnd.isPresent();
  }

  void forgetLease() {
    leaseEnd.ifPresent(WorkerTime.Timer::cancel);
    leaseEnd = Optional.empty();
  }

  /** Its controller is back, and counts on it even when it is dying. */
  void takeAgain() {
    forgetLease();
    dropped = false;
  }
}

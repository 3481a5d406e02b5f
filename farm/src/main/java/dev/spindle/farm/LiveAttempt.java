// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Optional;

/** The present assignment of a job, the only one whose reports count. On the loop only. */
final class LiveAttempt {
  private final AttemptId id;
  private final FarmWorker worker;
  private final AttemptFiles files;
  private final LogBudget logBudget;
  private Optional<String> lost = Optional.empty();

  LiveAttempt(AttemptId id, FarmWorker worker, AttemptFiles files, LogBudget logBudget) {
    this.id = id;
    this.worker = worker;
    this.files = files;
    this.logBudget = logBudget;
  }

  AttemptId id() {
    return id;
  }

  FarmWorker worker() {
    return worker;
  }

  AttemptFiles files() {
    return files;
  }

  LogBudget logBudget() {
    return logBudget;
  }

  /** It is over: its worker no longer has the job, and its grants are worth nothing. */
  void end() {
    worker.drop(id);
    files.revoke();
  }

  /** Why it is to be taken from its worker, until that is on disk. */
  Optional<String> lost() {
    return lost;
  }

  void lose(String why) {
    lost = Optional.of(why);
  }

  /** The worker is back with it. */
  void found() {
    lost = Optional.empty();
  }
}

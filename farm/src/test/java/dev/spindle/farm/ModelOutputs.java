// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * The outputs of one attempt at a {@link ModelWorker}: it goes on to the next once it was told that
 * the one before is delivered, and offers that again to whomever it has not offered it yet.
 */
final class ModelOutputs {
  private static final int COUNT = 3;

  private final AttemptId attempt;
  private final FarmModel model;
  private final Set<FileName> acknowledged = new TreeSet<>();
  private boolean offered;

  ModelOutputs(AttemptId attempt, FarmModel model) {
    this.attempt = attempt;
    this.model = model;
  }

  Set<FileName> acknowledged() {
    return acknowledged;
  }

  boolean isComplete() {
    return acknowledged.size() == COUNT;
  }

  /** Whether none is offered and not delivered: a command that is content then is believed. */
  boolean noneUnderWay() {
    return !offered;
  }

  private Optional<StoredFile> next() {
    int number = acknowledged.size();
    return isComplete()
        ? Optional.empty()
        : Optional.of(FakeDepot.file("output " + number, 10 * attempt.attempt() + number));
  }

  /** Offers the next and sends it, or the beginning of it. */
  void offer(JobReport report, boolean whole) {
    next()
        .ifPresent(
            file -> {
              offered = true;
              report.offer(file.name(), file.size(), file.sha256());
              if (whole) {
                model.farm().depot.receive(file);
              }
            });
  }

  /** Asks after the one that was offered, or any. */
  void ask(JobReport report) {
    next()
        .ifPresent(
            file -> {
              CompletionStage<Boolean> answer = report.delivered(file.name());
              model.heardDelivery(attempt, file, answer);
              answer.thenAccept(
                  delivered -> {
                    if (delivered) {
                      acknowledged.add(file.name());
                      offered = false;
                    }
                  });
            });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.AttemptId;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The jobs assigned to one worker, in the order in which they should be done; those under way
 * included, until their end is acknowledged.
 *
 * <p>Thread: any; the list is replaced whole at each change.
 */
final class HbQueue implements Referenceable {
  private final AtomicReference<List<HbJob>> jobs = new AtomicReference<>(List.of());

  @Exposed
  List<HbJob> jobs() {
    return jobs.get();
  }

  @Exposed
  int length() {
    return jobs.get().size();
  }

  /** {@code refuse(job, why)}: the worker gives a waiting job back. */
  @Exposed
  CompletionStage<Boolean> refuse(HbJob job, String why) {
    return job.refuse(why);
  }

  void add(HbJob job) {
    change(list -> list.add(job));
  }

  void remove(AttemptId attempt) {
    change(list -> list.removeIf(job -> job.attempt().equals(attempt)));
  }

  private void change(java.util.function.Consumer<List<HbJob>> edit) {
    UnaryOperator<List<HbJob>> replace =
        before -> {
          List<HbJob> after = new ArrayList<>(before);
          edit.accept(after);
          return List.copyOf(after);
        };
    jobs.updateAndGet(replace);
  }
}

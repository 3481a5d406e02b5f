// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.forms.WorkerInfoForm;
import dev.spindle.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a worker tells of itself when it registers. */
final class Introduction {
  private Introduction() {}

  static WorkerInfo of(Worker worker, HbWorkerSettings settings, String address) {
    List<AttemptId> running = new ArrayList<>(worker.running());
    running.addAll(worker.unacknowledged());
    // Knowing what is held only makes scheduling better: a part of it will do.
    Set<Sha256> holds =
        worker.holds().stream().limit(WorkerInfoForm.MAX_ITEMS).collect(Collectors.toSet());
    return new WorkerInfo(
        settings.name(),
        HbQueueListener.WIRE,
        address,
        settings.version(),
        worker.settings().tags(),
        worker.settings().slots(),
        Runtime.getRuntime().availableProcessors(),
        Set.of(ShellWork.KIND),
        holds,
        running,
        worker.boot(),
        true);
  }
}

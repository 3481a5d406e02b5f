// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Every worker by name, and the news of them. On the loop only. */
final class Workers {
  private final NavigableMap<WorkerName, FarmWorker> workers = new TreeMap<>();
  private final Function<WorkerName, FarmWorker> create;
  private final Events events;
  private final Set<FarmWorker> changed = new LinkedHashSet<>();
  private final Signal news;
  private final Runnable onChange;

  /**
   * @param onChange told when a worker's slots or queue may have changed
   */
  Workers(Desk desk, Events events, Function<WorkerName, FarmWorker> create, Runnable onChange) {
    this.onChange = onChange;
    this.create = create;
    this.events = events;
    this.news = new Signal(desk, this::tell);
  }

  /** Finds a worker, or begins to know it. */
  FarmWorker named(WorkerName name) {
    return workers.computeIfAbsent(name, create);
  }

  Optional<FarmWorker> registered(WorkerName name) {
    return Optional.ofNullable(workers.get(name)).filter(w -> w.registration().isPresent());
  }

  Collection<FarmWorker> all() {
    return workers.values();
  }

  List<RegisteredWorker> registrations() {
    return workers.values().stream().flatMap(w -> w.registration().stream()).toList();
  }

  List<WorkerView> views() {
    return workers.values().stream().flatMap(w -> w.view().stream()).toList();
  }

  /** Tells of a worker once the present turn of the loop is over. */
  void changed(FarmWorker worker) {
    changed.add(worker);
    news.raise();
    onChange.run();
  }

  private void tell() {
    List<FarmWorker> told = List.copyOf(changed);
    changed.clear();
    told.forEach(w -> w.view().ifPresent(v -> events.emit(new FarmEvent.WorkerChanged(v))));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A worker for people and programs to read: {@code {name, wire, state, last_seen, running, waiting,
 * address, version, tags, slots, cpus, kinds}}. What only the worker itself tells is None until it
 * has registered.
 */
public final class WorkerForm {
  private WorkerForm() {}

  public static Map<String, @Nullable Object> toDict(WorkerView worker) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("name", worker.name().value());
    dict.put("wire", worker.wire());
    dict.put("state", worker.state().name().toLowerCase(Locale.ROOT));
    dict.put("last_seen", worker.lastSeen().map(Seconds::of).orElse(null));
    dict.put("running", attempts(worker.running()));
    dict.put("waiting", attempts(worker.waiting()));
    dict.put("address", worker.info().map(WorkerInfo::address).orElse(null));
    dict.put("version", worker.info().map(WorkerInfo::version).orElse(null));
    dict.put("tags", worker.info().map(i -> sorted(i.tags())).orElse(List.of()));
    dict.put("slots", worker.info().map(WorkerInfo::slots).orElse(null));
    dict.put("cpus", worker.info().map(WorkerInfo::cpus).orElse(null));
    dict.put("kinds", worker.info().map(i -> sorted(i.kinds())).orElse(List.of()));
    return dict;
  }

  private static List<String> sorted(java.util.Set<String> names) {
    return new ArrayList<>(new TreeSet<>(names));
  }

  private static List<List<Long>> attempts(List<AttemptId> attempts) {
    return new ArrayList<>(attempts.stream().map(AttemptForm::toList).toList());
  }
}

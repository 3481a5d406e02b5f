// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The jobs that the scheduler may place or move, in one ordered line for each {@link Need}.
 *
 * <p>Kept up to date rather than rebuilt for every plan: a plan costs what it places, not what
 * waits.
 */
final class Backlog {
  private final Map<JobId, WaitingJob> jobs = new HashMap<>();
  private final Map<Need, NavigableSet<WaitingJob>> lines = new HashMap<>();
  private final NavigableMap<JobId, WaitingJob> placed = new TreeMap<>();

  /** Adds a job, or replaces what was known of it. */
  void put(WaitingJob job) {
    remove(job.id());
    jobs.put(job.id(), job);
    lines.computeIfAbsent(job.need(), need -> new TreeSet<>()).add(job);
    if (job.at().isPresent()) {
      placed.put(job.id(), job);
    }
  }

  void remove(JobId id) {
    WaitingJob known = jobs.remove(id);
    if (known == null) {
      return;
    }
    placed.remove(id);
    NavigableSet<WaitingJob> line = lines.get(known.need());
    if (line != null && line.remove(known) && line.isEmpty()) {
      lines.remove(known.need());
    }
  }

  /** One line for each need, none empty. */
  Collection<NavigableSet<WaitingJob>> lines() {
    return lines.values();
  }

  /** The jobs that wait in some worker's queue, by id. */
  Collection<WaitingJob> placed() {
    return placed.values();
  }
}

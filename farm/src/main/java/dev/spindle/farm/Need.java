// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Set;

/**
 * What a waiting job asks of a worker. Jobs with equal needs stand in one line, so that a need that
 * nobody can meet now is looked at once, however long its line.
 *
 * @param kind the worker must run this kind
 * @param tags the worker must have them all
 * @param avoid workers that gave the job back a moment ago
 */
record Need(String kind, Set<String> tags, Set<WorkerName> avoid) {
  Need {
    tags = Set.copyOf(tags);
    avoid = Set.copyOf(avoid);
  }

  static Need of(JobSpec spec, Set<WorkerName> avoid) {
    return new Need(spec.work().kind(), spec.tags(), avoid);
  }
}

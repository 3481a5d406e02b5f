// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of the worker's own environment its jobs see.
 *
 * @param remove names of variables that jobs do not get
 * @param add variables that every job gets; a job's own override them
 */
public record EnvironmentRules(Set<String> remove, Map<String, String> add) {

  /** Everything but what belongs to a Spindle around this one. */
  public static final EnvironmentRules INHERIT = new EnvironmentRules(Set.of(), Map.of());

  private static final String OURS = "SPINDLE_";

  public EnvironmentRules {
    remove = Set.copyOf(remove);
    add = Map.copyOf(add);
  }

  /** The environment of a job, out of the worker's and the job's own. */
  Map<String, String> apply(Map<String, String> worker, Map<String, String> job) {
    var environment = new TreeMap<>(worker);
    environment.keySet().removeIf(name -> name.startsWith(OURS) || remove.contains(name));
    environment.putAll(add);
    environment.putAll(job);
    return environment;
  }
}

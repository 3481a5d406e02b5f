// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.util.List;

/**
 * What a kill came to.
 *
 * @param killed how many processes it found alive and killed
 * @param alive the ids of those that it could not kill
 */
public record KillOutcome(int killed, List<Integer> alive) {
  static final KillOutcome NOTHING = new KillOutcome(0, List.of());

  public KillOutcome {
    alive = List.copyOf(alive);
  }
}

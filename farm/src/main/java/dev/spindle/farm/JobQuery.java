// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Optional;

/**
 * Which jobs to list, newest first.
 *
 * @param state only those in this state
 * @param before only those with a smaller id, for the next page
 * @param limit at most this many, 1 to {@value #MAX_LIMIT}
 */
public record JobQuery(Optional<JobState> state, Optional<JobId> before, int limit) {
  public static final int MAX_LIMIT = 1000;

  public JobQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + ": expected 1 to " + MAX_LIMIT);
    }
  }

  public static JobQuery newest(int limit) {
    return new JobQuery(Optional.empty(), Optional.empty(), limit);
  }
}

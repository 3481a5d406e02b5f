// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a job ended.
 *
 * @param at when the controller recorded it
 * @param result the command's own end, when a command ran to its end
 * @param reason why it failed or was cancelled; empty for a success
 * @param outputs the files that it left, whole and verified in the depot
 */
public record JobEnd(
    Instant at, Optional<JobResult> result, String reason, List<StoredFile> outputs) {
  public JobEnd {
    outputs = List.copyOf(outputs);
  }
}

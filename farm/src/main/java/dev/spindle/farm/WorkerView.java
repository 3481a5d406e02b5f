// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A worker as the controller sees it.
 *
 * @param name its name
 * @param wire the wire it was registered for
 * @param state whether it is there
 * @param info what it told when it last registered, if it ever did since the controller started
 * @param lastSeen its last sign of life
 * @param running attempts that occupy a slot
 * @param waiting attempts in its queue that have not started, in the order in which they will
 */
public record WorkerView(
    WorkerName name,
    String wire,
    State state,
    Optional<WorkerInfo> info,
    Optional<Instant> lastSeen,
    List<AttemptId> running,
    List<AttemptId> waiting) {

  /** Whether a worker is there. */
  public enum State {
    /** Attached: its connection is up. */
    CONNECTED,
    /** Its connection broke and the leases of its jobs still run. */
    LOST,
    /** Registered, but not there. */
    OFFLINE
  }

  public WorkerView {
    running = List.copyOf(running);
    waiting = List.copyOf(waiting);
  }
}

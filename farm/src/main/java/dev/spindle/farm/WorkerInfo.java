// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.Set;

/**
 * What a worker tells of itself when it registers.
 *
 * @param name its name, proven by its secret
 * @param wire the wire it speaks, as in {@code worker-add --wire}
 * @param address where it is, for people: an IP address and port
 * @param version its software's version
 * @param tags what it can offer; jobs ask for these
 * @param slots how many jobs at once, at least 1
 * @param cpus how many processors it has
 * @param kinds kinds of job it can run
 * @param holds content that it already has on disk
 * @param running attempts it is still working on, or whose end is not yet acknowledged
 * @param boot the machine's boot id: a new one says that whatever ran before is dead
 * @param queues whether it keeps waiting jobs itself; if not, it is given only what it can start
 */
public record WorkerInfo(
    WorkerName name,
    String wire,
    String address,
    String version,
    Set<String> tags,
    int slots,
    int cpus,
    Set<String> kinds,
    Set<Sha256> holds,
    List<AttemptId> running,
    String boot,
    boolean queues) {
  /** Most slots one worker may claim. */
  public static final int MAX_SLOTS = 1024;

  public WorkerInfo {
    tags = Set.copyOf(tags);
    kinds = Set.copyOf(kinds);
    holds = Set.copyOf(holds);
    running = List.copyOf(running);
    if (slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "worker " + name + " claims " + slots + " slots: expected 1 to " + MAX_SLOTS);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that a worker left running when it died: those that carry a marker of its
 * directory, and their descendants. One that cleared its environment and whose parents are all dead
 * is not found.
 */
final class PreviousLife implements TreeKill.Members {
  private static final Logger LOG = LoggerFactory.getLogger(PreviousLife.class);
  private static final long OWN_PID = ProcessHandle.current().pid();

  private final String marker;
  private final Set<Proc.Identity> seen = new HashSet<>();

  private PreviousLife(String workerId) {
    this.marker = Command.MARKER_VARIABLE + "=" + workerId + ":";
  }

  /**
   * Kills them all.
   *
   * @throws IOException naming the processes that cannot be killed
   */
  static void end(String workerId) throws IOException {
    var life = new PreviousLife(workerId);
    if (life.look(process -> {}).isEmpty()) {
      return; // As nearly always: nothing native needs to be loaded for it.
    }
    try {
      Kernel kernel = ProcessHost.ofThisJvm().kernel();
      KillOutcome outcome = new TreeKill(life, zombie -> kernel.reap(zombie.pid()), kernel).run();
      LOG.info("killed {} processes of an earlier life", outcome.killed());
      if (!outcome.alive().isEmpty()) {
        throw new IOException(
            "processes "
                + outcome.alive()
                + " of this worker's earlier life cannot be killed: end them first");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while killing processes of an earlier life", e);
    }
  }

  @Override
  public List<Proc> look(Consumer<Proc> atOnce) {
    List<Proc> found = ProcTable.look(this::isLeft, atOnce);
    found.forEach(p -> seen.add(p.identity()));
    return found.stream().filter(p -> !p.isZombie() || p.parent() == OWN_PID).toList();
  }

  /** What dies loses its environment first, so that whoever was seen is known by its number. */
  private boolean isLeft(Proc process) {
    return seen.contains(process.identity())
        || process.pid() != OWN_PID && ProcTable.environmentHas(process.pid(), marker);
  }

  @Override
  public void glance(IntPredicate known, Consumer<Proc> atOnce) {
    // They are spread over the machine, so there is no short list to look at.
  }
}

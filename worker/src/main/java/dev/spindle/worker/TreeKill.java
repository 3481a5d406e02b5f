// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Kills a changing set of processes that may be breeding.
 *
 * <p>What is found alive is first stopped (SIGSTOP) in the moment it is seen, look after look,
 * until a look finds nothing that still runs: a stopped process does not fork, so the set cannot
 * grow any more. Then all of it is killed. To kill at once would race with the forks, and each
 * death would make room for another.
 *
 * <p>One look is not atomic, so the set counts as dead only after two empty looks in a row.
 */
final class TreeKill {
  /** How long one call tries; what is alive then is stuck in the kernel or another user's. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  /** Looks that only stop, before a round kills all the same. */
  private static final int MAX_FREEZING_LOOKS = 50;

  static final int CONFIRMING_LOOKS = 2;
  private static final int GLANCES = 3;
  private static final int MAX_GLANCES = 1000;
  private static final long MAX_PAUSE_MILLIS = 100;

  private final int ownGroup = ProcTable.ownGroup();
  private final Members members;
  private final Consumer<Proc> reap;
  private final Kernel kernel;
  private final Set<Proc.Identity> frozen = new HashSet<>();
  private final Set<Integer> frozenPids = new HashSet<>();
  private final Set<Proc.Identity> killed = new HashSet<>();
  private int frozenBefore;
  private int freezingLooks;
  private long pauseMillis = 1;

  /** Finds the processes to kill. */
  interface Members {
    /** Finds all of them, and tells of some in the moment in which they are read. */
    List<Proc> look(Consumer<Proc> atOnce);

    /** Tells of live young orphans alone, which is a hundred times faster. */
    void glance(IntPredicate known, Consumer<Proc> atOnce);
  }

  TreeKill(Members members, Consumer<Proc> reap, Kernel kernel) {
    this.members = members;
    this.reap = reap;
    this.kernel = kernel;
  }

  KillOutcome run() throws InterruptedException {
    return run(LIMIT, CONFIRMING_LOOKS);
  }

  /** Runs where nothing was found already in another way: one look confirms it. */
  KillOutcome confirm() throws InterruptedException {
    return run(LIMIT, 1);
  }

  KillOutcome run(Duration limit, int looks) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    List<Proc> found = List.of();
    int needed = looks;
    for (int empty = 0; empty < needed && System.nanoTime() - end < 0; ) {
      glance();
      found = members.look(this::freezeOrReap);
      empty = found.isEmpty() ? empty + 1 : 0;
      found.forEach(this::freezeOrReap);
      needed = found.isEmpty() ? needed : CONFIRMING_LOOKS;
      if (!found.isEmpty() && isStill()) {
        kill(found);
      }
    }
    return new KillOutcome(killed.size(), found.stream().map(Proc::pid).toList());
  }

  /**
   * Freezes the youngest orphans, as long as there are new ones. What forks and exits within a
   * millisecond is gone before a whole look has come to it.
   */
  private void glance() {
    int before = -1;
    for (int i = 0; i < MAX_GLANCES && frozen.size() != before; i++) {
      before = frozen.size();
      for (int again = 0; again < GLANCES; again++) {
        members.glance(frozenPids::contains, this::freezeOrReap);
      }
    }
  }

  private void freezeOrReap(Proc process) {
    if (process.isZombie()) {
      reap.accept(process); // At once: a storm leaves thousands, and each would slow every look.
    } else if (frozen.add(process.identity())) {
      kernel.send(Kernel.STOP, List.of(process.pid()));
      frozenPids.add(process.pid());
      if (process.group() > 1 && process.group() != ownGroup) {
        kernel.sendToGroup(Kernel.STOP, process.group()); // Which no fork gets in between.
      }
    }
  }

  /** Whether the last look found nothing that was running, or there were too many looks. */
  private boolean isStill() {
    boolean still = frozen.size() == frozenBefore;
    frozenBefore = frozen.size();
    return still || ++freezingLooks % MAX_FREEZING_LOOKS == 0;
  }

  private void kill(List<Proc> found) throws InterruptedException {
    frozenPids.clear(); // The numbers may be given again.
    // Zombies too: the leader of a process whose other threads still run looks like one.
    kernel.send(Kernel.KILL, found.stream().map(Proc::pid).toList());
    found.stream().filter(p -> !p.isZombie()).forEach(p -> killed.add(p.identity()));
    Thread.sleep(pauseMillis);
    pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
  }
}

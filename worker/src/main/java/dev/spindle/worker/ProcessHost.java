// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This JVM as the parent of processes: who adopts orphans, which marks are taken, who reaps.
 *
 * <p>There is exactly one in a JVM, since the kernel has one list of children for it: two owners
 * would give one mark twice and kill each other's processes.
 */
final class ProcessHost {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessHost.class);

  /** How often dead orphans of running commands are reaped: a bound on how many zombies heap up. */
  private static final Duration REAP_INTERVAL = Duration.ofSeconds(2);

  private final Kernel kernel;
  private final boolean adopts;
  private final OomMarks marks;
  private final Set<ProcessTree> trees = ConcurrentHashMap.newKeySet();
  private boolean sweeping;

  private ProcessHost(Kernel kernel) {
    this.kernel = kernel;
    this.adopts = kernel.adoptOrphans();
    this.marks = OomMarks.ofThisJvm();
  }

  /** Made at the first use, which loads native code and takes about 0.1 s. */
  static ProcessHost ofThisJvm() {
    return Holder.HOST;
  }

  private static final class Holder {
    static final ProcessHost HOST = new ProcessHost(kernelOfThisSystem());
  }

  private static Kernel kernelOfThisSystem() {
    try {
      return new Libc();
    } catch (LinkageError e) {
      LOG.warn(
          "no native code for this machine ({}): a job's process that leaves its group, its parent"
              + " and its environment at once cannot be found",
          e.getMessage());
      return new KillProgram();
    }
  }

  Kernel kernel() {
    return kernel;
  }

  /** Whether every descendant of this JVM stays one, orphans included. */
  boolean adopts() {
    return adopts;
  }

  OomMarks marks() {
    return marks;
  }

  /** Has the dead orphans of a tree reaped from now on. */
  synchronized void watch(ProcessTree tree) {
    trees.add(tree);
    if (!sweeping && adopts) {
      sweeping = true;
      var sweeper = new Thread(this::sweep, "process-reaper-of-orphans");
      sweeper.setDaemon(true);
      sweeper.start();
    }
  }

  synchronized void unwatch(ProcessTree tree) {
    trees.remove(tree);
    if (trees.isEmpty()) {
      notifyAll();
    }
  }

  private void sweep() {
    while (rest()) {
      trees.forEach(ProcessTree::reapOrphans);
    }
  }

  /** Waits; false when there is nothing left to watch, and the sweeper ends. */
  private synchronized boolean rest() {
    try {
      if (!trees.isEmpty()) {
        wait(REAP_INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      trees.clear(); // Nobody interrupts this thread but who wants it gone.
    }
    sweeping = !trees.isEmpty();
    return sweeping;
  }
}

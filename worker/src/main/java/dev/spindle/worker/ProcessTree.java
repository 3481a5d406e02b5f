// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A started process and everything that comes of it.
 *
 * <p>Which processes belong to it:
 *
 * <ul>
 *   <li>the root and its descendants;
 *   <li>orphans with the tree's mark or marker, and their descendants. On Linux this JVM adopts
 *       orphans, so they are looked for among its own children only. The mark ({@link OomMarks})
 *       survives a double fork, a new session and a cleared environment.
 * </ul>
 *
 * Where orphans cannot be adopted, the marker in the environment is looked for in every process,
 * and a process that cleared it, left its group and outlived its parent is not found.
 *
 * <p>Thread: any. {@link #terminate} and {@link #kill} block.
 */
public final class ProcessTree {
  private static final int OWN_PID = (int) ProcessHandle.current().pid();
  private static final long MIN_POLL_MILLIS = 5;
  private static final long MAX_POLL_MILLIS = 100;

  private final ProcessHost host;
  private final Process root;
  private final CommandPipes pipes;
  private final int pid;
  private final String marker;
  private final OptionalInt mark;
  private final boolean ownGroup;
  private boolean released;
  private volatile boolean settled;

  private ProcessTree(
      ProcessHost host,
      Process root,
      CommandPipes pipes,
      String marker,
      OptionalInt mark,
      boolean ownGroup) {
    this.host = host;
    this.root = root;
    this.pipes = pipes;
    this.pid = (int) root.pid();
    this.marker = Command.MARKER_VARIABLE + "=" + marker + "\0";
    this.mark = mark;
    this.ownGroup = ownGroup;
  }

  /**
   * Starts a command as the leader of its own session.
   *
   * @throws IOException when no process came about: a missing directory, too long arguments, no
   *     room
   */
  public static ProcessTree start(Command command) throws IOException {
    ProcessHost host = ProcessHost.ofThisJvm();
    CommandPipes pipes = CommandPipes.open(host.kernel());
    OptionalInt mark = host.marks().take();
    Launcher launcher = Launcher.ofThisSystem();
    try {
      Process root = launcher.start(command, mark, pipes);
      var tree = new ProcessTree(host, root, pipes, command.marker(), mark, launcher.ownGroup());
      host.watch(tree);
      return tree;
    } catch (IOException | RuntimeException e) {
      mark.ifPresent(host.marks()::give);
      pipes.close();
      throw e;
    }
  }

  /** The root's process id; its group's and session's as well. */
  public int pid() {
    return pid;
  }

  /** What the tree writes, until the last process that has the pipe is gone. To be closed. */
  public InputStream stdout() {
    return pipes.stdout(root);
  }

  /** Like {@link #stdout}. */
  public InputStream stderr() {
    return pipes.stderr(root);
  }

  /** Completes with the root's status when it ends; 128 + n for an end by signal n. */
  public CompletableFuture<Integer> exit() {
    return root.onExit().thenApply(Process::exitValue);
  }

  /**
   * Asks the root's group to end (SIGTERM) and waits until it has, or the grace is over. {@link
   * #kill} must follow.
   */
  public void terminate(Duration grace) throws InterruptedException {
    List<Integer> group = group();
    if (ownGroup && !group.isEmpty()) {
      host.kernel().sendToGroup(Kernel.TERM, pid);
      host.kernel().sendToGroup(Kernel.CONT, pid); // A stopped process would not hear it.
    } else {
      host.kernel().send(Kernel.TERM, group);
      host.kernel().send(Kernel.CONT, group);
    }
    awaitGroup(System.nanoTime() + grace.toNanos());
  }

  /**
   * Waits until every process of the tree has ended by itself, at most so long. For when the root
   * has ended: what is left are then orphans, and adopted.
   */
  void settle(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long pause = MIN_POLL_MILLIS;
    settled = !hasOrphans();
    while (!settled && System.nanoTime() < end) {
      Thread.sleep(pause);
      pause = Math.min(2 * pause, MAX_POLL_MILLIS);
      settled = !hasOrphans();
    }
  }

  /** Whether there are live ones: a hundred times faster than to look at the whole machine. */
  private boolean hasOrphans() {
    var orphans = new ArrayList<Proc>();
    if (host.adopts() && ProcTable.knowsChildren()) {
      new Membership().glance(p -> false, orphans::add);
    } else {
      members().stream().filter(p -> !p.isZombie()).forEach(orphans::add);
    }
    return !orphans.isEmpty();
  }

  private void awaitGroup(long end) throws InterruptedException {
    root.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    long pause = MIN_POLL_MILLIS;
    while (!group().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(pause);
      pause = Math.min(2 * pause, MAX_POLL_MILLIS);
    }
  }

  private List<Integer> group() {
    return members().stream()
        .filter(p -> !p.isZombie() && (!ownGroup || p.group() == pid))
        .map(Proc::pid)
        .toList();
  }

  /**
   * Kills whatever of the tree is alive, and returns when all of it is dead, or when what is left
   * cannot be killed now (another user's, or stuck in the kernel): then it may be called again.
   */
  public KillOutcome kill() throws InterruptedException {
    synchronized (this) {
      if (released) {
        return KillOutcome.NOTHING;
      }
    }
    var killing = new TreeKill(new Membership(), this::reap, host.kernel());
    KillOutcome outcome = settled ? killing.confirm() : killing.run();
    if (outcome.alive().isEmpty()) {
      root.waitFor();
      release();
    }
    return outcome;
  }

  private synchronized void release() {
    if (!released) {
      released = true;
      host.unwatch(this);
      mark.ifPresent(host.marks()::give);
    }
  }

  /** Lets the dead orphans of the tree go. */
  synchronized void reapOrphans() {
    if (!released) { // Another tree may have the mark by now.
      members().stream().filter(Proc::isZombie).forEach(this::reap);
    }
  }

  private void reap(Proc zombie) {
    if (!isRoot(zombie.pid()) && zombie.parent() == OWN_PID) {
      host.kernel().reap(zombie.pid());
    }
  }

  /**
   * Whether a number that was just seen is the root's. It is while Java waits for the root, and may
   * then be given again: a storm of forks comes around to it, and its process is one of ours.
   */
  private boolean isRoot(int seen) {
    return seen == pid && root.isAlive();
  }

  private List<Proc> members() {
    return new Membership().look(process -> {});
  }

  /** Tells which of the machine's processes are the tree's, zombies included. */
  private final class Membership implements TreeKill.Members {
    @Override
    public List<Proc> look(Consumer<Proc> atOnce) {
      return ProcTable.look(p -> isRoot(p.pid()) || isMarked(p), atOnce);
    }

    @Override
    public void glance(IntPredicate known, Consumer<Proc> atOnce) {
      ProcTable.youngest(
          p -> isRoot(p) || known.test(p),
          p -> {
            if (isMarked(p)) {
              atOnce.accept(p);
            }
          });
    }
  }

  private boolean isMarked(Proc process) {
    if (!host.adopts()) {
      return ProcTable.environmentHas(process.pid(), marker);
    }
    return process.parent() == OWN_PID
        && (hasMark(process) || ProcTable.environmentHas(process.pid(), marker));
  }

  private boolean hasMark(Proc process) {
    return mark.isPresent()
        && ProcTable.oomScoreAdj(process.pid()).filter(m -> m == mark.getAsInt()).isPresent();
  }
}

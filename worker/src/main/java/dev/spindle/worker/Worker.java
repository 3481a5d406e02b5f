// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.WorkerStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs assignments in a number of slots, and tells of each through its {@link JobReport}.
 *
 * <p>An attempt waits, runs, and ends; its end is kept, through a restart too, until the controller
 * has acknowledged it. While the controller cannot be reached, what runs goes on, and what waits
 * does not start. A slot is free when no process of its attempt is alive.
 *
 * <p>Thread: any. Nothing blocks but {@link #start} and {@link #close}. One monitor guards the list
 * of attempts; reports are never made, nor an attempt stopped, by a thread that holds it.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final String SHUTTING_DOWN = "the worker is shutting down";
  private static final String LEASE_RAN_OUT =
      "the controller was away for so long that the lease of the attempt ran out";

  private final WorkerSettings settings;
  private final WorkerDir dir;
  private final Journal journal;
  private final InputCache cache;
  private final Map<AttemptId, Held> held = new LinkedHashMap<>(); // In the order of their turn.
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private boolean ending;
  private boolean closed;

  private Worker(WorkerSettings settings, WorkerDir dir) throws IOException {
    this.settings = settings;
    this.dir = dir;
    this.journal = new Journal(dir.journal());
    this.cache = new InputCache(dir.cache(), settings.cacheBytes());
    journal.read().forEach((id, end) -> held.put(id, ended(id, end)));
  }

  private Held ended(AttemptId id, AttemptEnd end) {
    var attempt = new Held(id, new Held.Ended(end, Optional.empty()));
    EndDelivery.start(attempt.line(), end, () -> forgetSoon(attempt));
    return attempt;
  }

  /**
   * Starts a worker in its directory, after killing and removing what an earlier life left there.
   *
   * @throws IOException naming the directory, when another worker has it or it cannot be used
   */
  public static Worker start(WorkerSettings settings) throws IOException {
    settings.threads().execute(ProcessHost::ofThisJvm); // Takes 0.1 s, which the first job has not.
    WorkerDir dir = WorkerDir.open(settings.dir());
    try {
      PreviousLife.end(dir.id());
      dir.clearAttempts();
      return new Worker(settings, dir);
    } catch (IOException | RuntimeException e) {
      dir.close();
      throw e;
    }
  }

  /**
   * Kills what a worker that died left running, for a directory in which none starts again. Several
   * may do so at once.
   *
   * @throws IOException naming what cannot be read or killed
   */
  public static void endPreviousLife(Path dir) throws IOException {
    Optional<String> id = WorkerDir.idIn(dir);
    if (id.isPresent()) {
      PreviousLife.end(id.get());
    }
  }

  /**
   * Takes an assignment; or, when it is here already, has everything undelivered of it reported to
   * {@code report} from now on, as after a reconnection.
   */
  public void take(Assignment assignment, JobReport report) {
    Optional<Held> attempt = holdNewOrKnown(assignment);
    if (attempt.isPresent()) {
      attempt.get().line().attach(report);
      startNext();
    } else {
      report.refuse(SHUTTING_DOWN);
    }
  }

  private synchronized Optional<Held> holdNewOrKnown(Assignment assignment) {
    Held known = held.get(assignment.id());
    if (known != null) {
      known.takeAgain();
      return Optional.of(known);
    }
    if (ending) {
      return Optional.empty();
    }
    var fresh = new Held(assignment.id(), new Held.Waiting(assignment));
    held.put(fresh.id(), fresh);
    return Optional.of(fresh);
  }

  /** Puts waiting attempts into this order; those not named come behind, as they were. */
  public synchronized void order(List<AttemptId> order) {
    var rest = new LinkedHashMap<>(held);
    held.clear();
    for (AttemptId id : order) {
      Held attempt = rest.remove(id);
      if (attempt != null) {
        held.put(id, attempt);
      }
    }
    held.putAll(rest);
  }

  private void startNext() {
    for (Optional<Held> next = nextToStart(); next.isPresent(); next = nextToStart()) {
      Held attempt = next.get();
      settings.threads().execute(() -> run(attempt));
    }
  }

  /** Gives a free slot to the next attempt whose controller is there. */
  private synchronized Optional<Held> nextToStart() {
    if (closed || count(a -> a.running().isPresent()) >= settings.slots()) {
      return Optional.empty();
    }
    Optional<Held> next =
        held.values().stream()
            .filter(a -> a.stage() instanceof Held.Waiting && a.isAttached())
            .findFirst();
    next.ifPresent(this::giveSlot);
    return next;
  }

  private void giveSlot(Held attempt) {
    Assignment assignment = ((Held.Waiting) attempt.stage()).assignment();
    var run =
        new AttemptRun(
            assignment, attempt.line(), settings, cache, dir.attempt(attempt.id()), dir.id());
    attempt.moveTo(new Held.Running(assignment, run));
  }

  private synchronized long count(Predicate<Held> which) {
    return held.values().stream().filter(which).count();
  }

  private void run(Held attempt) {
    AttemptRun run = attempt.running().orElseThrow().run();
    Optional<AttemptEnd> end = run.run();
    end.ifPresent(known -> write(attempt.id(), known));
    boolean known = end.isPresent() && keepEnd(attempt, end.get(), run);
    if (!known) {
      run.discard();
      forget(attempt);
    }
    startNext();
    if (known) {
      checkIdle(); // Nobody else looks while the controller is away.
      try {
        run.finishLog();
        if (isWanted(attempt)) {
          EndDelivery.start(attempt.line(), end.get(), () -> forgetSoon(attempt));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // The end stays in the journal for the next life.
      }
    }
  }

  /** Frees the slot; false when the attempt was dropped meanwhile. */
  private synchronized boolean keepEnd(Held attempt, AttemptEnd end, AttemptRun run) {
    if (attempt.isDropped()) {
      return false;
    }
    attempt.moveTo(new Held.Ended(end, Optional.of(run)));
    attempt.forgetLease();
    notifyAll();
    return true;
  }

  private synchronized boolean isWanted(Held attempt) {
    return !attempt.isDropped();
  }

  private void write(AttemptId id, AttemptEnd end) {
    try {
      journal.write(id, end);
    } catch (IOException e) {
      // It is still reported; only a crash before the answer would lose it, and the job runs again.
      LOG.error("the end of attempt {} cannot be kept: {}", id, e.toString());
    }
  }

  /** An answer may come on a wire's thread, which must not wait for the disk. */
  private void forgetSoon(Held attempt) {
    settings.threads().execute(() -> forget(attempt));
  }

  private void forget(Held attempt) {
    synchronized (this) {
      held.remove(attempt.id(), attempt);
      attempt.forgetLease();
      notifyAll();
    }
    try {
      journal.delete(attempt.id());
    } catch (IOException e) {
      LOG.error("the journal keeps attempt {}: {}", attempt.id(), e.toString());
    }
    checkIdle();
  }

  /**
   * Takes an attempt out that the controller no longer wants, whatever its stage; nothing of it is
   * reported any more.
   */
  public void drop(AttemptId id) {
    Held attempt;
    Held.Stage stage;
    synchronized (this) {
      attempt = held.get(id);
      if (attempt == null) {
        return;
      }
      attempt.drop();
      stage = attempt.stage();
      if (stage instanceof Held.Waiting) {
        held.remove(id);
      }
    }
    if (stage instanceof Held.Running running) {
      running.run().halt(AttemptOver.gone());
    } else if (stage instanceof Held.Ended ended) {
      ended.run().ifPresent(AttemptRun::discard);
      forgetSoon(attempt);
    }
  }

  /**
   * Stops a running attempt; its end is still reported.
   *
   * @return whether it was running here
   */
  public boolean stop(AttemptId id, String why) {
    Optional<Held.Running> running;
    synchronized (this) {
      running = Optional.ofNullable(held.get(id)).flatMap(Held::running);
    }
    return running.isPresent() && running.get().run().halt(AttemptOver.failed(why, false));
  }

  /** Attempts that have a slot: to be named at registration, with {@link #unacknowledged}. */
  public List<AttemptId> running() {
    return ids(attempt -> attempt.running().isPresent());
  }

  /** Attempts whose end the controller has not acknowledged. */
  public List<AttemptId> unacknowledged() {
    return ids(Held::isEnded);
  }

  private synchronized List<AttemptId> ids(Predicate<Held> which) {
    return held.values().stream().filter(which).map(Held::id).toList();
  }

  private synchronized List<Held> all() {
    return List.copyOf(held.values());
  }

  /**
   * Says that reports cannot be delivered now. What runs goes on, but an exclusive attempt only as
   * long as its lease: it is stopped so early that it is dead when the lease runs out, and
   * forgotten, unless it is {@link #take taken} again before.
   *
   * @param silence how long ago the controller was last known to hear this worker
   */
  public void disconnected(Duration silence) {
    for (Held attempt : all()) {
      attempt.line().detach();
      limitToLease(attempt, silence);
    }
    checkIdle();
  }

  private synchronized void limitToLease(Held attempt, Duration silence) {
    Optional<Assignment> exclusive =
        attempt.running().map(Held.Running::assignment).filter(a -> a.spec().exclusive());
    if (exclusive.isPresent()) {
      Duration rest = Lease.rest(exclusive.get().lease(), settings.killGrace(), silence);
      Runnable end = () -> settings.threads().execute(() -> endLease(attempt));
      attempt.leaseEndsBy(settings.time().after(rest, end));
    }
  }

  /** Its end is reported only if the controller takes it again before it is dead. */
  private void endLease(Held attempt) {
    synchronized (this) {
      if (!attempt.isOnLease()) {
        return;
      }
      attempt.drop();
    }
    LOG.warn("exclusive attempt {} is stopped: its lease runs out", attempt.id());
    attempt.running().ifPresent(r -> r.run().halt(AttemptOver.failed(LEASE_RAN_OUT, true)));
  }

  /**
   * Has the worker end: waiting attempts are given back, nothing new is taken.
   *
   * @param graceful running attempts go on to their end; otherwise they are stopped, to be tried
   *     elsewhere
   * @return completes when nothing runs and, as far as the controller is there, every end is
   *     acknowledged
   */
  public CompletableFuture<Void> shutdown(boolean graceful) {
    List<Held> waiting;
    synchronized (this) {
      ending = true;
      waiting = all().stream().filter(a -> a.stage() instanceof Held.Waiting).toList();
      waiting.forEach(a -> held.remove(a.id()));
    }
    for (Held attempt : waiting) {
      attempt.line().link().ifPresent(link -> link.call(report -> report.refuse(SHUTTING_DOWN)));
    }
    if (!graceful) {
      for (Held attempt : all()) {
        attempt
            .running()
            .ifPresent(r -> r.run().halt(AttemptOver.failed("the worker was shut down", true)));
      }
    }
    checkIdle();
    return idle.copy();
  }

  private void checkIdle() {
    boolean isIdle;
    synchronized (this) {
      isIdle = ending && count(a -> a.running().isPresent() || a.isEnded() && a.isAttached()) == 0;
    }
    if (isIdle) {
      idle.complete(null);
    }
  }

  /**
   * Stops what runs and waits until all of it is dead, but not for the controller: ends that are
   * not acknowledged stay in the journal for the next life. {@link #shutdown} before it is the
   * polite way. Safe to call twice.
   */
  @Override
  public void close() {
    shutdown(false);
    all().forEach(attempt -> attempt.line().detach()); // A job may be waiting for its log to go.
    awaitDeath();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    for (Held attempt : all()) {
      if (attempt.stage() instanceof Held.Ended ended) {
        ended.run().ifPresent(AttemptRun::discard);
      }
    }
    try {
      dir.close();
    } catch (IOException e) {
      throw new UncheckedIOException("worker directory " + dir.path() + " stays locked", e);
    }
  }

  private synchronized void awaitDeath() {
    boolean interrupted = false;
    while (count(a -> a.running().isPresent()) > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // A job that outlives its worker would be worse.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it is doing now. */
  public WorkerStatus status() {
    List<WorkerStatus.Running> running =
        all().stream().flatMap(a -> a.running().stream()).map(r -> r.run().status()).toList();
    return new WorkerStatus(running, Machine.load(), Machine.freeBytes(dir.path()));
  }

  /** Content that need not be fetched. */
  public Set<Sha256> holds() {
    return cache.holds();
  }

  /** The machine's boot id. */
  public String boot() {
    return Machine.boot(dir.id());
  }

  /** As it was started, defaults filled in. */
  public WorkerSettings settings() {
    return settings;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store in memory. Commits are made at once, or when the test says; the store can fail, and can
 * lose its power with commits under way and be opened again.
 */
final class FakeJobStore implements JobStore {

  /** What survives a crash. */
  static final class Disk {
    final Map<JobId, Job> jobs = new TreeMap<>();
    final Map<WorkerName, RegisteredWorker> workers = new TreeMap<>();
    final Map<JobId, List<LogChunk>> logs = new HashMap<>();
    final List<Job> history = new ArrayList<>();
  }

  private record Commit(List<StoreChange> changes, CompletableFuture<Void> done) {}

  private final Disk disk;
  private final Deque<Commit> pending = new ArrayDeque<>();
  private boolean holding;
  private boolean failing;
  private boolean dead;
  int commits;

  FakeJobStore() {
    this(new Disk());
  }

  private FakeJobStore(Disk disk) {
    this.disk = disk;
  }

  Disk disk() {
    return disk;
  }

  /** Lets commits wait from now on. */
  void hold() {
    holding = true;
  }

  /** Makes the commits that wait, and later ones at once. */
  void release() {
    holding = false;
    while (makeNext()) {}
  }

  /** Whether commits fail from now on. */
  void failing(boolean now) {
    failing = now;
  }

  int pending() {
    return pending.size();
  }

  /** Makes, or fails, the oldest commit that waits; false when none does. */
  boolean makeNext() {
    Commit commit = pending.poll();
    if (commit == null) {
      return false;
    }
    if (failing) {
      commit.done().completeExceptionally(new IllegalStateException("disk on fire"));
    } else {
      commit.changes().forEach(this::apply);
      commit.done().complete(null);
    }
    return true;
  }

  void failNext() {
    boolean before = failing;
    failing = true;
    makeNext();
    failing = before;
  }

  /**
   * The power fails.
   *
   * @param made how many of the waiting commits got to the disk, though nobody heard of it
   * @return the store after the restart
   */
  FakeJobStore crash(int made) {
    for (int i = 0; i < made && !pending.isEmpty(); i++) {
      pending.remove().changes().forEach(this::apply);
    }
    pending.clear();
    dead = true;
    return new FakeJobStore(disk);
  }

  private void apply(StoreChange change) {
    if (change instanceof StoreChange.PutJob put) {
      disk.jobs.put(put.job().id(), put.job());
      disk.history.add(put.job());
    } else if (change instanceof StoreChange.PutWorker put) {
      disk.workers.put(put.worker().name(), put.worker());
    } else if (change instanceof StoreChange.AppendLog append) {
      for (LogChunk chunk : append.chunks()) {
        disk.logs.computeIfAbsent(chunk.attempt().job(), id -> new ArrayList<>()).add(chunk);
      }
    }
  }

  @Override
  public Snapshot open() {
    List<Job> unfinished =
        disk.jobs.values().stream().filter(job -> !job.state().isFinal()).toList();
    var ends = new HashMap<JobId, Long>();
    for (Job job : unfinished) {
      List<LogChunk> log = logOf(job.id());
      if (!log.isEmpty()) {
        ends.put(job.id(), log.get(log.size() - 1).sequence());
      }
    }
    long lastId = disk.jobs.keySet().stream().mapToLong(JobId::number).max().orElse(0);
    return new Snapshot(unfinished, List.copyOf(disk.workers.values()), lastId, ends);
  }

  @Override
  public CompletionStage<Void> commit(List<StoreChange> changes) {
    if (dead) {
      throw new IllegalStateException("a killed controller writes");
    }
    commits++;
    var commit = new Commit(changes, new CompletableFuture<>());
    pending.add(commit);
    if (!holding) {
      makeNext();
    }
    return commit.done();
  }

  @Override
  public CompletionStage<Optional<Job>> job(JobId id) {
    return CompletableFuture.completedStage(Optional.ofNullable(disk.jobs.get(id)));
  }

  @Override
  public CompletionStage<List<Job>> jobs(JobQuery query) {
    return CompletableFuture.completedStage(
        disk.jobs.values().stream()
            .filter(job -> query.state().map(s -> s == job.state()).orElse(true))
            .filter(job -> query.before().map(b -> job.id().compareTo(b) < 0).orElse(true))
            .sorted(Comparator.comparing(Job::id).reversed())
            .limit(query.limit())
            .toList());
  }

  @Override
  public CompletionStage<List<LogChunk>> log(JobId id, long afterSequence, int limit) {
    return CompletableFuture.completedStage(
        logOf(id).stream().filter(c -> c.sequence() > afterSequence).limit(limit).toList());
  }

  List<LogChunk> logOf(JobId id) {
    return disk.logs.getOrDefault(id, List.of());
  }

  Job onDisk(JobId id) {
    return Optional.ofNullable(disk.jobs.get(id)).orElseThrow();
  }

  @Override
  public void close() {}
}

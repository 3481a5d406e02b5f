// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.worker.Worker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the worker in line with its queue on the server, as often as the server says that it
 * changed. The queue decides: what is not in it is not ours.
 *
 * <p>Thread: any; one comparison at a time.
 */
final class JobSync {
  private static final Logger LOG = LoggerFactory.getLogger(JobSync.class);

  private final Worker worker;
  private final RemoteReference queue;
  private boolean running;
  private boolean again;

  /** By the server's object, which stays one reference while it is in the queue. */
  private Map<RemoteReference, AttemptId> known = Map.of();

  JobSync(Worker worker, RemoteReference queue) {
    this.worker = worker;
    this.queue = queue;
  }

  /** Compares now, or once more after the comparison that is under way. */
  void sync() {
    synchronized (this) {
      if (running) {
        again = true;
        return;
      }
      running = true;
    }
    begin();
  }

  private void begin() {
    queue
        .call("jobs")
        .thenCompose(this::describeNew)
        .thenAccept(this::apply)
        .whenComplete((done, error) -> finished(error));
  }

  private void finished(@Nullable Throwable error) {
    if (error != null) {
      LOG.warn("cannot read the queue: {}", error.getMessage());
    }
    synchronized (this) {
      running = again && error == null;
      again = false;
      if (!running) {
        return;
      }
    }
    begin();
  }

  /** A job in the queue; the assignment is there for one that is new to us. */
  private record Entry(
      RemoteReference job, RemoteJob report, AttemptId id, @Nullable Assignment assignment) {}

  private CompletionStage<List<Entry>> describeNew(@Nullable Object answer) {
    if (!(answer instanceof List<?> jobs)) {
      throw new IllegalStateException("expected a list of jobs, found " + answer);
    }
    CompletionStage<List<Entry>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (Object job : jobs) {
      if (job instanceof RemoteReference reference) {
        all = all.thenCombine(describe(reference), JobSync::added);
      }
    }
    return all;
  }

  private static List<Entry> added(List<Entry> entries, Entry entry) {
    entries.add(entry);
    return entries;
  }

  private CompletionStage<Entry> describe(RemoteReference job) {
    RemoteJob report = new RemoteJob(job, queue);
    AttemptId id = known.get(job);
    return id != null
        ? CompletableFuture.completedFuture(new Entry(job, report, id, null))
        : report
            .describe()
            .thenApply(assignment -> new Entry(job, report, assignment.id(), assignment));
  }

  private void apply(List<Entry> entries) {
    Set<AttemptId> assigned = new HashSet<>();
    Map<RemoteReference, AttemptId> now = new LinkedHashMap<>();
    for (Entry entry : entries) {
      assigned.add(entry.id());
      now.put(entry.job(), entry.id());
      if (entry.assignment() != null) {
        worker.take(entry.assignment(), entry.report());
      }
    }
    dropAllBut(assigned);
    worker.order(List.copyOf(now.values()));
    known.keySet().stream().filter(job -> !now.containsKey(job)).forEach(RemoteReference::close);
    known = now;
  }

  private void dropAllBut(Set<AttemptId> assigned) {
    Set<AttemptId> here = new HashSet<>(known.values());
    here.addAll(worker.running());
    here.addAll(worker.unacknowledged());
    here.stream().filter(attempt -> !assigned.contains(attempt)).forEach(worker::drop);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FarmException;
import dev.spindle.forms.FarmErrors;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.worker.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the worker in line with its queue on the server, as often as the server says that it
 * changed. The queue decides: what is not in it is not ours. That holds from the first look on,
 * since a registration is answered only when what the worker still runs is in its queue again.
 *
 * <p>Thread: any; one comparison at a time.
 */
final class JobSync {
  private static final Logger LOG = LoggerFactory.getLogger(JobSync.class);

  private final Worker worker;
  private final RemoteReference queue;
  private final RemoteJob.Calls calls;

  private boolean running;
  private boolean again;

  /** By the server's object, which stays one reference while it is in the queue. */
  private Map<RemoteReference, AttemptId> known = Map.of();

  /** What could not be read and was given back. */
  private Set<RemoteReference> refused = Set.of();

  JobSync(Worker worker, RemoteReference queue, RemoteJob.Calls calls) {
    this.worker = worker;
    this.queue = queue;
    this.calls = calls;
  }

  /**
   * Stops a job's attempt: the one that is not in the queue, if there are two.
   *
   * @return whether it was running
   */
  boolean stop(long job, String why) {
    Set<AttemptId> queued = queued();
    Optional<AttemptId> running =
        worker.running().stream()
            .filter(id -> id.job().number() == job)
            .min(Comparator.comparing(queued::contains));
    return running.isPresent() && worker.stop(running.get(), why);
  }

  private synchronized Set<AttemptId> queued() {
    return Set.copyOf(known.values());
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
      calls.failed("cannot read the queue: " + FarmErrors.fromPb(error).getMessage());
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

  /** A job in the queue, without an id if it cannot be read; an assignment if it is new to us. */
  private record Entry(
      RemoteReference job,
      RemoteJob report,
      @Nullable AttemptId id,
      @Nullable Assignment assignment) {}

  private CompletionStage<List<Entry>> describeNew(@Nullable Object answer) {
    if (!(answer instanceof List<?> jobs)) {
      throw new IllegalStateException("expected a list of jobs, found " + answer);
    }
    CompletionStage<List<Entry>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (Object job : jobs) {
      if (job instanceof RemoteReference reference) {
        all = all.thenCombine(entry(reference), JobSync::added);
      }
    }
    return all;
  }

  private static List<Entry> added(List<Entry> entries, Entry entry) {
    entries.add(entry);
    return entries;
  }

  private CompletionStage<Entry> entry(RemoteReference job) {
    RemoteJob report = new RemoteJob(job, queue, calls);
    AttemptId id = known.get(job);
    return id != null || refused.contains(job)
        ? CompletableFuture.completedFuture(new Entry(job, report, id, null))
        : report
            .describe()
            .handle((assignment, error) -> described(job, report, assignment, error));
  }

  /** One job that cannot be read must not keep the others from running. */
  private static Entry described(
      RemoteReference job,
      RemoteJob report,
      @Nullable Assignment assignment,
      @Nullable Throwable error) {
    if (assignment != null) {
      return new Entry(job, report, assignment.id(), assignment);
    }
    FarmException refusal = FarmErrors.fromPb(Objects.requireNonNull(error));
    if (RemoteJob.isUnavailable(refusal)) {
      throw refusal;
    }
    LOG.warn("a job is given back, since it cannot be read: {}", refusal.getMessage());
    report.refuse("the worker cannot read it: " + refusal.getMessage());
    return new Entry(job, report, null, null);
  }

  private void apply(List<Entry> entries) {
    Map<RemoteReference, AttemptId> now = new LinkedHashMap<>();
    Set<RemoteReference> unread = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.id() == null) {
        unread.add(entry.job());
        continue;
      }
      now.put(entry.job(), entry.id());
      if (entry.assignment() != null) {
        worker.take(entry.assignment(), entry.report());
      }
    }
    dropAllBut(Set.copyOf(now.values()));
    worker.order(List.copyOf(now.values()));
    known.keySet().stream().filter(job -> !now.containsKey(job)).forEach(RemoteReference::close);
    refused.stream().filter(job -> !unread.contains(job)).forEach(RemoteReference::close);
    synchronized (this) {
      known = now;
    }
    refused = unread;
  }

  private void dropAllBut(Set<AttemptId> assigned) {
    Set<AttemptId> here = new HashSet<>(known.values());
    here.addAll(worker.running());
    here.addAll(worker.unacknowledged());
    here.removeAll(assigned);
    here.forEach(worker::drop);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker that is registered or has a job: what it holds, and how it does. On the loop only. */
final class FarmWorker {
  private final WorkerName name;
  private final FarmLoop loop;
  private final Desk desk;
  private final Duration leaseLength;
  private final Lease lease;
  private final Reliability reliability = new Reliability();
  private final Consumer<FarmWorker> onChange;
  private final Map<AttemptId, LiveJob> held = new LinkedHashMap<>();
  private final Map<AttemptId, FarmLoop.Cancellable> stopping = new LinkedHashMap<>();
  private @Nullable RegisteredWorker registration;
  private @Nullable Attachment attachment;
  private @Nullable WorkerInfo info;
  private @Nullable Instant lastSeen;

  FarmWorker(
      WorkerName name,
      FarmLoop loop,
      Desk desk,
      Duration leaseLength,
      Consumer<FarmWorker> leaseRanOut,
      Consumer<FarmWorker> onChange) {
    this.name = name;
    this.loop = loop;
    this.desk = desk;
    this.leaseLength = leaseLength;
    this.lease = new Lease(loop, desk, leaseLength, () -> leaseRanOut.accept(this));
    this.onChange = onChange;
  }

  WorkerName name() {
    return name;
  }

  Optional<RegisteredWorker> registration() {
    return Optional.ofNullable(registration);
  }

  void register(RegisteredWorker newRegistration) {
    registration = newRegistration;
    changed();
  }

  Optional<Attachment> attachment() {
    return Optional.ofNullable(attachment);
  }

  void attach(Attachment newAttachment) {
    attachment = newAttachment;
    info = newAttachment.info();
    seen();
    changed();
  }

  /** Its connection is gone, and with it what was being stopped there. */
  void detach() {
    attachment = null;
    stopping.values().forEach(FarmLoop.Cancellable::cancel);
    stopping.clear();
    changed();
  }

  /** The controller ends. */
  void dismiss() {
    lease.end();
    attachment().ifPresent(at -> at.connection().close("the controller is ending"));
  }

  Reliability reliability() {
    return reliability;
  }

  /** It gave a sign of life. */
  void seen() {
    lastSeen = loop.now();
    lease.renew();
  }

  /** Begins to wait for a worker that had a job when the controller ended. */
  void expect() {
    lease.renew();
  }

  void hold(AttemptId attempt, LiveJob job) {
    held.put(attempt, job);
    changed();
  }

  void drop(AttemptId attempt) {
    held.remove(attempt);
    changed();
  }

  /** The jobs whose present attempt is here, in the order in which it got them. */
  List<LiveJob> jobs() {
    return List.copyOf(held.values());
  }

  /**
   * Tells it to stop an attempt that is no longer valid. The slot stays taken until the worker says
   * in some way that it is free, at most for a lease.
   */
  void stop(AttemptId attempt, String why) {
    Attachment present = attachment;
    if (present == null) {
      return;
    }
    FarmLoop.Cancellable known =
        stopping.put(attempt, desk.after(leaseLength, () -> stopped(attempt)));
    if (known != null) {
      known.cancel();
    }
    changed();
    CompletionStage<Boolean> answer =
        Desk.attempt(() -> present.connection().interrupt(attempt, why));
    desk.onLoop(answer)
        .thenAccept(
            wasRunning -> {
              if (!wasRunning && present == attachment) {
                stopped(attempt);
              }
            });
  }

  /** An attempt that was being stopped is over. */
  void stopped(AttemptId attempt) {
    FarmLoop.Cancellable timer = stopping.remove(attempt);
    if (timer != null) {
      timer.cancel();
      changed();
    }
  }

  /** Attempts that are being stopped; a copy. */
  Set<AttemptId> stopping() {
    return new HashSet<>(stopping.keySet());
  }

  private void changed() {
    onChange.accept(this);
  }

  /** Its place in a plan, when it takes jobs now. */
  Optional<Seat> seat() {
    Attachment present = attachment;
    long now = loop.nanoTime();
    if (present == null || !present.ready() || reliability.paused(now)) {
      return Optional.empty();
    }
    WorkerInfo told = present.info();
    long busy = held.values().stream().filter(job -> !job.movable()).count() + stopping.size();
    return Optional.of(
        new Seat(
            name,
            told.tags(),
            told.kinds(),
            told.holds(),
            told.slots(),
            (int) busy,
            told.queues(),
            reliability.strikes(now)));
  }

  /** As its users see it, once it is registered. */
  Optional<WorkerView> view() {
    return registration()
        .map(
            registered ->
                new WorkerView(
                    name,
                    registered.wire(),
                    state(),
                    Optional.ofNullable(info),
                    Optional.ofNullable(lastSeen),
                    Stream.concat(in(JobState.RUNNING).stream(), stopping.keySet().stream())
                        .toList(),
                    in(JobState.ASSIGNED)));
  }

  private WorkerView.State state() {
    if (attachment != null) {
      return WorkerView.State.CONNECTED;
    }
    return in(JobState.RUNNING).isEmpty() ? WorkerView.State.OFFLINE : WorkerView.State.LOST;
  }

  private List<AttemptId> in(JobState state) {
    return held.entrySet().stream()
        .filter(entry -> entry.getValue().state() == state)
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets workers in and sees them off. On the loop only. */
final class Reception {
  /** Most attempts that a worker may name as running: more than any could have. */
  static final int MAX_NAMED_ATTEMPTS = 10_000;

  /** Most contents that a worker may say it holds: each costs about a hundred bytes here. */
  static final int MAX_HELD_CONTENTS = 100_000;

  /** Most tags, and most kinds. */
  static final int MAX_TAGS = 1000;

  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  private final Desk desk;
  private final Workers workers;
  private final Assignments assignments;
  private final Endings endings;
  private final Duration lease;
  private final Runnable wake;

  Reception(
      Desk desk,
      Workers workers,
      Assignments assignments,
      Endings endings,
      Duration lease,
      Runnable wake) {
    this.desk = desk;
    this.workers = workers;
    this.assignments = assignments;
    this.endings = endings;
    this.lease = lease;
    this.wake = wake;
  }

  /**
   * Accepts a worker; the answer comes when what it still runs is in its queue again, so that it
   * need not take a queue that is not filled yet for its controller's word to stop everything.
   */
  CompletionStage<Void> accept(Connection connection) {
    WorkerInfo info = connection.info();
    FarmWorker worker = workers.registered(info.name()).orElseThrow(() -> unknown(info.name()));
    refuseWrongWire(worker, info);
    refuseTooMuch(info);
    worker.attachment().ifPresent(old -> replace(old, info));
    var attachment = new Attachment(desk, worker, connection, this::departed);
    worker.attach(attachment);
    connection.watch(attachment);
    log.info("worker {} joined from {} over {}", info.name(), info.address(), info.wire());
    return settle(attachment).thenRun(() -> desk.post(() -> ready(attachment)));
  }

  private static void refuseWrongWire(FarmWorker worker, WorkerInfo info) {
    String wire = worker.registration().orElseThrow().wire();
    if (!wire.equals(info.wire())) {
      throw invalid(info, "came over the wire " + info.wire() + ": it is registered for " + wire);
    }
  }

  private static void refuseTooMuch(WorkerInfo info) {
    refuseMore(info, "running attempts", info.running().size(), MAX_NAMED_ATTEMPTS);
    refuseMore(info, "contents that it holds", info.holds().size(), MAX_HELD_CONTENTS);
    refuseMore(info, "tags", info.tags().size(), MAX_TAGS);
    refuseMore(info, "kinds", info.kinds().size(), MAX_TAGS);
  }

  private static void refuseMore(WorkerInfo info, String what, int found, int most) {
    if (found > most) {
      throw invalid(info, "names " + found + " " + what + ": expected at most " + most);
    }
  }

  private static FarmException invalid(WorkerInfo info, String what) {
    return new FarmException(FarmException.Code.INVALID, "worker '" + info.name() + "' " + what);
  }

  private void replace(Attachment old, WorkerInfo info) {
    if (!sameMachine(old.info(), info)) {
      throw new FarmException(
          FarmException.Code.NAME_TAKEN,
          String.format(
              "worker '%s' is connected from %s already, so %s cannot use its name:"
                  + " give each machine its own",
              info.name(), old.info().address(), info.address()));
    }
    old.connection().replaced("replaced by a new registration from " + info.address());
    part(old);
  }

  /** A boot id that is empty says nothing. */
  private static boolean sameMachine(WorkerInfo a, WorkerInfo b) {
    boolean sameBoot = !a.boot().isEmpty() && a.boot().equals(b.boot());
    return sameBoot || ip(a.address()).equals(ip(b.address()));
  }

  /** The IP part of {@code 10.0.0.1:4711}, {@code [::1]:4711} or {@code /10.0.0.1:4711}. */
  private static String ip(String address) {
    int port = address.lastIndexOf(':');
    String host = port < 0 ? address : address.substring(0, port);
    return host.substring(host.lastIndexOf('/') + 1);
  }

  /** Compares what the worker says it runs with what it should run. */
  private CompletionStage<Void> settle(Attachment attachment) {
    FarmWorker worker = attachment.worker();
    Set<AttemptId> named = new LinkedHashSet<>(attachment.info().running());
    List<CompletableFuture<?>> proceeding = new ArrayList<>();
    for (LiveJob job : worker.jobs()) {
      LiveAttempt attempt = job.attempt().orElseThrow();
      if (named.remove(attempt.id())) {
        proceeding.add(assignments.proceed(job, attempt, attachment).toCompletableFuture());
      } else {
        endings.lose(job, attempt, worker.name() + " came back without it");
      }
    }
    named.forEach(id -> worker.stop(id, "the attempt is no longer valid"));
    return CompletableFuture.allOf(proceeding.toArray(CompletableFuture[]::new));
  }

  /** Behind the answer: lets it have more. */
  private void ready(Attachment attachment) {
    if (attachment.isPresent()) {
      attachment.makeReady();
      wake.run();
    }
  }

  private void departed(Attachment attachment, boolean goodbye, String why) {
    if (!attachment.isPresent()) {
      return;
    }
    FarmWorker worker = attachment.worker();
    if (goodbye) {
      log.info("worker {} left", worker.name());
    } else {
      log.info("worker {} was disconnected: {}", worker.name(), why);
    }
    part(attachment);
    if (goodbye) {
      loseAll(worker, worker.name() + " left");
    }
  }

  /** Asks a worker what it does; what it does not name has stopped. */
  CompletionStage<WorkerStatus> status(WorkerName name, Duration limit) {
    FarmWorker worker = workers.registered(name).orElseThrow(() -> unknown(name));
    Attachment attachment = worker.attachment().orElseThrow(() -> absent(name, "is not connected"));
    Set<AttemptId> stopping = worker.stopping();
    return desk.onLoop(
            Desk.attempt(() -> attachment.connection().status()),
            limit,
            () -> absent(name, "gave no status within " + limit.toSeconds() + " s"))
        .thenApply(
            status -> {
              if (attachment.isPresent()) {
                worker.seen();
                status.running().forEach(running -> stopping.remove(running.attempt()));
                stopping.forEach(worker::stopped);
              }
              return status;
            });
  }

  private static FarmException absent(WorkerName name, String what) {
    return new FarmException(FarmException.Code.NOT_CONNECTED, "worker '" + name + "' " + what);
  }

  private static FarmException unknown(WorkerName name) {
    return new FarmException(
        FarmException.Code.NO_SUCH_WORKER, "worker '" + name + "' is not registered: add it first");
  }

  /** The lease of a worker ran out. */
  void silent(FarmWorker worker) {
    String why = worker.name() + " gave no sign of life for " + lease.toSeconds() + " s";
    worker
        .attachment()
        .ifPresent(
            attachment -> {
              log.warn("{}: its connection is closed", why);
              attachment.connection().close("no sign of life for " + lease.toSeconds() + " s");
              part(attachment);
            });
    loseAll(worker, why);
  }

  private void part(Attachment attachment) {
    attachment.worker().detach();
    assignments.releaseWaiting(attachment.worker());
    wake.run();
  }

  private void loseAll(FarmWorker worker, String why) {
    for (LiveJob job : worker.jobs()) {
      endings.lose(job, job.attempt().orElseThrow(), why);
    }
  }
}

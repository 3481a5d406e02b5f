// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Connection;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerStatus;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.StatusForm;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A worker attached over PB: its {@code HBClient}, and the queue that it was given.
 *
 * <p>Thread: any.
 */
final class HbConnection implements Connection {
  private final WorkerInfo info;
  private final RemoteReference client;
  private final PbConnection pb;
  private final HbQueueListener listener;
  private final HbQueue queue = new HbQueue();
  private volatile boolean goodbye;
  private volatile @Nullable Watcher watcher;
  private volatile @Nullable String closedFor;

  HbConnection(WorkerInfo info, RemoteReference client, PbConnection pb, HbQueueListener listener) {
    this.info = info;
    this.client = client;
    this.pb = pb;
    this.listener = listener;
  }

  HbQueue queue() {
    return queue;
  }

  @Override
  public WorkerInfo info() {
    return info;
  }

  @Override
  public void watch(Watcher who) {
    watcher = who;
    pb.onDisconnect(
        gone -> {
          listener.closed(this);
          String why = closedFor;
          who.disconnected(goodbye, why != null ? why : String.valueOf(gone.getMessage()));
        });
  }

  void saidGoodbye() {
    goodbye = true;
    pb.close();
  }

  // ---- keepalive ----

  void startKeepalive() {
    scheduleKeepalive();
  }

  private void scheduleKeepalive() {
    try {
      listener
          .timer()
          .schedule(
              this::keepalive, listener.times().keepalive().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      close("the controller is ending");
    }
  }

  private void keepalive() {
    Duration limit = listener.times().keepaliveLimit();
    client
        .call("print", "keepalive")
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (answer, error) -> {
              if (error == null || error instanceof RemoteException) { // An error is an answer.
                alive();
                scheduleKeepalive();
              } else if (!(error instanceof ConnectionLostException)) { // A loss tells of itself.
                close("no answer to a keepalive within " + limit.toSeconds() + " s");
              }
            });
  }

  private void alive() {
    Watcher who = watcher;
    if (who != null) {
      who.alive();
    }
  }

  // ---- the farm's calls ----

  @Override
  public CompletionStage<Void> print(String text) {
    return ask(answer -> null, "print", text);
  }

  @Override
  public CompletionStage<Void> start(Assignment assignment, JobReport report) {
    queue.add(new HbJob(assignment, report, queue));
    return queueUpdated();
  }

  @Override
  public CompletionStage<Void> withdraw(AttemptId attempt) {
    queue.remove(attempt);
    return queueUpdated();
  }

  private CompletionStage<Void> queueUpdated() {
    return ask(answer -> null, "queueUpdated", queue.length());
  }

  @Override
  public CompletionStage<Boolean> interrupt(AttemptId attempt, String why) {
    return ask(Boolean.TRUE::equals, "stop", attempt.job().number(), why);
  }

  @Override
  public CompletionStage<WorkerStatus> status() {
    return ask(StatusForm::read, "status");
  }

  @Override
  public CompletionStage<Void> shutdown(boolean graceful) {
    return ask(answer -> null, "shutdown", graceful);
  }

  private <T> CompletionStage<T> ask(
      Function<@Nullable Object, T> reader, String method, @Nullable Object... args) {
    if (closedFor != null) {
      return java.util.concurrent.CompletableFuture.failedFuture(
          new FarmException(
              FarmException.Code.NOT_CONNECTED,
              "worker " + info.name() + " is gone: " + closedFor));
    }
    CompletionStage<T> answer =
        FarmErrors.inward(
            client
                .call(method, args)
                .orTimeout(listener.times().callLimit().toMillis(), TimeUnit.MILLISECONDS),
            reader);
    answer.thenRun(this::alive);
    return answer;
  }

  @Override
  public void close(String why) {
    close("closing", why);
  }

  /** A worker that was replaced must not come back and replace its successor in turn. */
  @Override
  public void replaced(String why) {
    close("replaced", why);
  }

  private void close(String word, String why) {
    if (closedFor == null) {
      closedFor = why;
      client.send(word, why);
      pb.close();
    }
  }
}

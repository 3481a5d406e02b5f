// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker attached to its controller: connects, registers, takes jobs, and comes back after
 * every loss. Jobs go on while the connection is down.
 *
 * <p>Thread: one of its own that connects; the PB connection's for the rest.
 */
public final class HbQueueWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HbQueueWorker.class);

  private final HbWorkerSettings settings;
  private final Worker worker;
  private final Backoff backoff;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CompletableFuture<Void> registered = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable WorkerSession session;

  private HbQueueWorker(HbWorkerSettings settings, Worker worker) {
    this.settings = settings;
    this.worker = worker;
    this.backoff = new Backoff(settings.firstRetry(), settings.lastRetry(), new Random());
  }

  /** Starts connecting. The worker stays the caller's to close. */
  public static HbQueueWorker start(HbWorkerSettings settings, Worker worker) {
    HbQueueWorker agent = new HbQueueWorker(settings, worker);
    Thread thread = new Thread(agent::run, "hbqueue-worker-" + settings.name());
    thread.setDaemon(true);
    thread.start();
    return agent;
  }

  /** Completes when the controller accepted the worker for the first time. */
  public CompletableFuture<Void> registered() {
    return registered;
  }

  /**
   * Completes when it has ended for good: normally after {@link #close} or a shutdown that the
   * controller asked for, else with {@link WorkerRefusedException}.
   */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        connectOnce();
        Duration wait = backoff.next();
        if (stopping.getCount() > 0) {
          LOG.info("connecting again in {} ms", wait.toMillis());
        }
        if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      ended.complete(null);
    } catch (WorkerRefusedException | RuntimeException e) {
      registered.completeExceptionally(e);
      ended.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended.completeExceptionally(e);
    }
  }

  private void connectOnce() throws WorkerRefusedException {
    WorkerSession attempt = new WorkerSession(settings, worker, this::close);
    session = attempt;
    if (stopping.getCount() == 0) {
      attempt.leave(); // Closed between the look at it and now: close() found no session.
    }
    try {
      String why = attempt.run(this::accepted);
      if (stopping.getCount() > 0) {
        LOG.warn("lost the controller at {}:{}: {}", settings.host(), settings.port(), why);
      }
    } catch (IOException e) {
      if (stopping.getCount() > 0) {
        LOG.warn("{}", e.getMessage());
      }
    } finally {
      session = null;
    }
  }

  private void accepted() {
    LOG.info(
        "registered as '{}' with the controller at {}:{}",
        settings.name(),
        settings.host(),
        settings.port());
    backoff.succeeded();
    registered.complete(null);
  }

  /**
   * Leaves the controller: call it when no job runs any more. Does not wait. Safe to call twice.
   */
  @Override
  public void close() {
    stopping.countDown();
    WorkerSession current = session;
    if (current != null) {
      current.leave();
    }
  }
}

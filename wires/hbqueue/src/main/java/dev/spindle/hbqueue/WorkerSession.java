// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.WorkerInfoForm;
import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.LoginRefusedException;
import dev.spindle.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a worker to its controller, from login to loss.
 *
 * <p>Thread: {@link #run} blocks its caller; everything else comes from anywhere.
 */
final class WorkerSession implements HbClient.Session, RemoteJob.Calls {
  /** Longest time for a login and for a registration, each. */
  private static final Duration STEP_LIMIT = Duration.ofSeconds(60);

  private final HbWorkerSettings settings;
  private final Worker worker;
  private final Runnable shutdown;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final Contact contact = new Contact(System::nanoTime);
  private volatile @Nullable String replacedWhy;
  private volatile @Nullable JobSync sync;
  private volatile @Nullable RemoteReference perspective;

  /**
   * @param shutdown run when the controller had the worker end and its jobs are done
   */
  WorkerSession(HbWorkerSettings settings, Worker worker, Runnable shutdown) {
    this.settings = settings;
    this.worker = worker;
    this.shutdown = shutdown;
  }

  /**
   * Connects, registers and works until the connection ends.
   *
   * @param onRegistered run once the controller has accepted the worker
   * @return why it ended
   * @throws WorkerRefusedException when the controller does not want this worker
   * @throws IOException when the connection or registration does not come about
   */
  String run(Runnable onRegistered) throws IOException, WorkerRefusedException {
    // Whether a controller is reached from other machines was decided there, with --insecure.
    PbClient.Builder controller =
        PbClient.to(Endpoint.tcp(settings.host(), settings.port())).insecureLogins();
    try (PbClient client = controller.connect()) {
      client.onDisconnect(gone -> ended.complete(String.valueOf(gone.getMessage())));
      ended.thenRun(client::close); // Whatever ended it: nothing waits for an answer any more.
      HbClient hbClient = new HbClient(worker, this);
      RemoteReference me = login(client, hbClient);
      perspective = me;
      JobSync jobs = register(client, me, hbClient);
      onRegistered.run();
      jobs.sync();
      watchSilence();
      String why = ended.join();
      String replaced = replacedWhy;
      if (replaced != null) {
        throw new WorkerRefusedException(replaced);
      }
      return why;
    } finally {
      if (sync != null) {
        // Only then: a vain attempt to come back is no sign of life, and must not renew a lease.
        worker.disconnected(contact.unconfirmed());
      }
    }
  }

  private RemoteReference login(PbClient client, HbClient mind)
      throws IOException, WorkerRefusedException {
    try {
      return await(
          client.login(Credentials.password(settings.name().value(), settings.secret()), mind));
    } catch (CompletionException e) {
      if (isLoginRefused(e)) {
        throw new WorkerRefusedException(
            "the controller at "
                + client.remoteAddress()
                + " does not know worker '"
                + settings.name()
                + "' or its secret: register it there with 'spindle worker-add "
                + settings.name()
                + "' and use the secret file that it writes");
      }
      throw new IOException("login failed: " + FarmErrors.fromPb(e).getMessage(), e);
    }
  }

  private static boolean isLoginRefused(Throwable error) {
    return error.getCause() instanceof dev.spindle.pb.broker.RemoteException remote
        && remote.isA(LoginRefusedException.TYPE);
  }

  private JobSync register(PbClient client, RemoteReference me, HbClient hbClient)
      throws IOException, WorkerRefusedException {
    WorkerInfo info = Introduction.of(worker, settings, String.valueOf(client.localAddress()));
    long askedAt = now();
    try {
      return await(
          me.call("register", hbClient, WorkerInfoForm.toDict(info))
              .thenApply(queue -> registered(queue, askedAt)));
    } catch (CompletionException e) {
      FarmException refusal = FarmErrors.fromPb(e);
      if (refusal.code() == FarmException.Code.NAME_TAKEN
          || refusal.code() == FarmException.Code.NO_SUCH_WORKER
          || refusal.code() == FarmException.Code.INVALID) {
        throw new WorkerRefusedException(String.valueOf(refusal.getMessage()));
      }
      throw new IOException("registration failed: " + refusal.getMessage(), e);
    }
  }

  /** On the connection's thread, so that the calls behind the answer find it. */
  private JobSync registered(@Nullable Object queue, long askedAt) {
    if (!(queue instanceof RemoteReference reference)) {
      throw new FarmException(
          FarmException.Code.UNAVAILABLE, "expected a queue as the answer, found something else");
    }
    answered(askedAt);
    JobSync jobs = new JobSync(worker, reference, this);
    sync = jobs;
    return jobs;
  }

  private static <T> T await(CompletableFuture<T> answer) {
    return answer.orTimeout(STEP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** The server prints every 20 seconds; when nothing comes for longer than agreed, it is gone. */
  private void watchSilence() {
    long left = settings.silence().minus(contact.silence()).toNanos();
    if (ended.isDone()) {
      return;
    }
    if (left <= 0) {
      ended.complete("nothing heard for " + settings.silence().toSeconds() + " s");
      return;
    }
    CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(this::watchSilence);
  }

  /** Leaves: says goodbye, since nothing of our jobs runs any more, and ends the connection. */
  void leave() {
    RemoteReference me = perspective;
    if (me != null) {
      me.send("goodbye");
    }
    ended.complete("the worker ends");
  }

  // ---- RemoteJob.Calls ----

  @Override
  public long now() {
    return contact.now();
  }

  @Override
  public void answered(long askedAt) {
    contact.answered(askedAt);
  }

  @Override
  public void failed(String why) {
    ended.complete(why);
  }

  // ---- HbClient.Session ----

  @Override
  public void heard() {
    contact.heard();
  }

  @Override
  public void keepalive() {
    contact.keepalive();
  }

  @Override
  public boolean stop(long job, String why) {
    JobSync jobs = sync;
    return jobs != null && jobs.stop(job, why);
  }

  @Override
  public void queueUpdated() {
    JobSync jobs = sync;
    if (jobs != null) {
      jobs.sync();
    }
  }

  @Override
  public void replaced(String why) {
    replacedWhy = why;
    ended.complete(why);
  }

  @Override
  public void shutdown(boolean graceful) {
    worker.shutdown(graceful).thenRun(shutdown);
  }
}

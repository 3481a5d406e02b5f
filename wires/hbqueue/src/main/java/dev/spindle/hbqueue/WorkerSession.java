// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.WorkerInfoForm;
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
final class WorkerSession implements HbClient.Session {
  /** Longest time for a login and for a registration, each. */
  private static final Duration STEP_LIMIT = Duration.ofSeconds(60);

  private final HbWorkerSettings settings;
  private final Worker worker;
  private final Runnable shutdown;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile long heardNanos = System.nanoTime();
  private volatile @Nullable String replacedWhy;
  private volatile @Nullable JobSync sync;
  private volatile @Nullable RemoteReference perspective;
  private volatile @Nullable PbClient pb;

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
    try (PbClient client =
        PbClient.to("tcp:host=" + settings.host().replace(":", "\\:") + ":port=" + settings.port())
            .connect()) {
      pb = client;
      client.onDisconnect(gone -> ended.complete(String.valueOf(gone.getMessage())));
      HbClient hbClient = new HbClient(worker, this);
      RemoteReference me = login(client, hbClient);
      perspective = me;
      RemoteReference queue = register(client, me, hbClient);
      JobSync jobs = new JobSync(worker, queue);
      sync = jobs;
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
      worker.disconnected(Duration.ofNanos(System.nanoTime() - heardNanos));
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

  private RemoteReference register(PbClient client, RemoteReference me, HbClient hbClient)
      throws IOException, WorkerRefusedException {
    WorkerInfo info = Introduction.of(worker, settings, String.valueOf(client.localAddress()));
    try {
      Object queue = await(me.call("register", hbClient, WorkerInfoForm.toDict(info)));
      if (queue instanceof RemoteReference reference) {
        return reference;
      }
      throw new IOException("expected a queue as the answer to register, found " + queue);
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

  private static <T> T await(CompletableFuture<T> answer) {
    return answer.orTimeout(STEP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** The server prints every 20 seconds; when nothing comes for longer than agreed, it is gone. */
  private void watchSilence() {
    long silentNanos = System.nanoTime() - heardNanos;
    long left = settings.silence().toNanos() - silentNanos;
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
    PbClient connection = pb;
    if (me != null && connection != null) {
      me.send("goodbye");
      connection.close();
    }
    ended.complete("the worker ends");
  }

  // ---- HbClient.Session ----

  @Override
  public void heard() {
    heardNanos = System.nanoTime();
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

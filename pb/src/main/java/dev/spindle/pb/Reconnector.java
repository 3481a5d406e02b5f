// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Link;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.LoginRefusedException;
import dev.spindle.pb.cred.LoginUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a reconnecting client: one connection after the other, with waits between.
 *
 * <p>Thread: its own, which may wait for the network; {@link #close} comes from any.
 */
final class Reconnector {
  private static final Logger LOG = LoggerFactory.getLogger(ReconnectingClient.class);

  /** Makes connections. */
  interface Connector {
    PbClient connect() throws IOException;
  }

  private final Connector connector;
  private final ReconnectPlan plan;
  private final WaitingRoom room;
  private final Timing timing;
  private final RandomGenerator random;
  private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile @Nullable PbClient current;

  Reconnector(
      Connector connector,
      ReconnectPlan plan,
      WaitingRoom room,
      Timing timing,
      RandomGenerator random) {
    this.connector = connector;
    this.plan = plan;
    this.room = room;
    this.timing = timing;
    this.random = random;
  }

  void start() {
    Thread thread = new Thread(this::run, "pb-reconnect");
    thread.setDaemon(true);
    thread.start();
  }

  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  void close() {
    room.end("the client was closed");
    closing.complete(null);
    PbClient client = current;
    if (client != null) {
      client.close();
    }
  }

  private void run() {
    int failures = 0;
    int waits = 0;
    while (!closing.isDone()) {
      Session session = new Session();
      Exception why = session.run();
      boolean wasStable = session.wasStable();
      failures = wasStable ? 0 : failures + 1;
      waits = wasStable ? 1 : waits + 1;
      if (!closing.isDone() && plan.givesUp(why, failures)) {
        giveUp(why);
        return;
      }
      waitAfter(why, waits);
    }
    timing.close();
    ended.complete(null);
  }

  private void giveUp(Exception why) {
    room.end("gave up: " + why.getMessage());
    LOG.warn("{}: gave up: {}", room.peer(), why.getMessage());
    tell(() -> plan.listener().gaveUp(why));
    timing.close();
    ended.completeExceptionally(why);
  }

  private void waitAfter(Exception why, int waits) {
    if (closing.isDone()) {
      return;
    }
    Duration wait = plan.backoff().after(waits, random);
    String state = why.getMessage() + "; the next attempt follows " + wait.toMillis() + " ms later";
    if (Integer.bitCount(waits) == 1) { // The first, second, fourth, eighth … in a row.
      LOG.warn("{}: {}", room.peer(), state);
    }
    room.shut(state);
    tell(() -> plan.listener().retrying(why, wait));
    CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    Link.Timer timer = timing.after(wait, () -> over.complete(null));
    CompletableFuture.anyOf(over, closing).join();
    timer.cancel();
  }

  private static void tell(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("a listener failed", e);
    }
  }

  /** One connection, from the attempt to its end. */
  private final class Session {
    private @Nullable Long connectedAt;

    /** Why it ended, or did not come about. */
    Exception run() {
      try (PbClient client = connector.connect()) {
        current = client;
        if (closing.isDone()) {
          client.close(); // Closed between the attempt and now: close() found nothing.
        }
        return live(client, target(client));
      } catch (IOException e) {
        return e;
      } catch (RuntimeException e) {
        return e instanceof CompletionException && e.getCause() instanceof Exception cause
            ? cause
            : e;
      } finally {
        current = null;
      }
    }

    /** Whom to call, once the server has answered and let us in. */
    private RemoteReference target(PbClient client) throws IOException {
      AtomicBoolean late = new AtomicBoolean();
      Link.Timer limit =
          timing.after(
              plan.loginTimeout(),
              () -> {
                late.set(true);
                client.close();
              });
      try {
        client.opened().join();
        return plan.credentials() == null
            ? client.root()
            : client.login(plan.credentials(), plan.mind()).join();
      } catch (CompletionException e) {
        if (late.get()) {
          throw new IOException(
              room.peer() + " took longer than " + plan.loginTimeout() + " to let us in", e);
        }
        throw e;
      } finally {
        limit.cancel();
      }
    }

    private Exception live(PbClient client, RemoteReference target) {
      CompletableFuture<ConnectionLostException> lost = new CompletableFuture<>();
      client.onDisconnect(
          why -> {
            room.shut(String.valueOf(why.getMessage()));
            lost.complete(why);
          });
      connectedAt = timing.nanoTime();
      tell(() -> plan.listener().connected(target));
      room.open(target);
      ConnectionLostException why = lost.join();
      room.shut(String.valueOf(why.getMessage())); // It may have been opened after the loss.
      tell(() -> plan.listener().lost(why));
      return why;
    }

    boolean wasStable() {
      return connectedAt != null && timing.nanoTime() - connectedAt >= plan.stableAfter().toNanos();
    }
  }

  /** Whether a login was refused, or cannot be at all, and was not merely interrupted. */
  static boolean isRefusal(Exception why) {
    return why instanceof LoginUnavailableException
        || why instanceof RemoteException remote
            && (remote.isA(LoginRefusedException.TYPE)
                || remote.isA("twisted.cred.error.LoginFailed"));
  }
}

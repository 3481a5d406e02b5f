// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What long transfers need of a connection beyond calls: its threads, its pace in both directions,
 * and word of its end. For the layer above; a program has no use for it.
 *
 * <p>Thread: the connection's, unless a method says otherwise.
 */
public final class Traffic {

  /**
   * Most bytes that arrived on one connection and wait for a disk, or whoever else takes them, in
   * all transfers together. At this reading stops, and goes on at half of it.
   */
  public static final long MAX_BACKLOG_BYTES = 4L << 20;

  /** Something under way on a connection that ends with it. */
  public interface Transfer {
    /** The connection ended. On its thread: must not block. */
    void lost(ConnectionLostException why);
  }

  private final Broker broker;
  private final Link link;
  private final IncomingCalls incoming;
  private final Executor blocking;
  private final Set<Transfer> transfers = new HashSet<>();
  private long backlog;
  private boolean holding;

  Traffic(Broker broker, Link link, IncomingCalls incoming, Executor blocking) {
    this.broker = broker;
    this.link = link;
    this.incoming = incoming;
    this.blocking = blocking;
  }

  /** The traffic of a connection. Thread: any. */
  public static Traffic of(PbConnection connection) {
    return connection.root().broker().traffic();
  }

  /** Whether the caller is on the connection's thread. Thread: any. */
  public boolean isOwnThread() {
    return link.isOwnThread();
  }

  /**
   * Runs a task on the connection's thread: at once if that is the caller's. False when the
   * endpoint was closed and has no such thread any more. Thread: any.
   */
  public boolean run(Runnable task) {
    if (link.isOwnThread()) {
      task.run();
      return true;
    }
    return link.tryExecute(task);
  }

  /**
   * Runs a task that may block on a thread of its own. An endpoint that is closing has none left to
   * give: then the task runs here, since what it has to close must be closed. Thread: any.
   */
  public void runBlocking(Runnable task) {
    try {
      blocking.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  // ---- sending ----

  /**
   * Makes a call that wants no answer. The future says whether it was written; it fails as that of
   * {@link RemoteReference#call(String, Object...)} does.
   */
  public CompletableFuture<@Nullable Object> send(
      RemoteReference target, ByteString method, @Nullable Object... args) {
    return broker.call(target, method, args, Map.of(), false);
  }

  /**
   * Runs a task once the network has taken everything written so far; never within this call, and
   * not at all when the connection ends before.
   */
  public void whenDrained(Runnable task) {
    broker.whenOpen(() -> link.whenDrained(task));
  }

  // ---- receiving ----

  /** Bytes arrived that somebody has yet to take. */
  public void received(long bytes) {
    backlog += bytes;
    pace();
  }

  /** They were taken, or nobody will. */
  public void taken(long bytes) {
    backlog -= bytes;
    pace();
  }

  private void pace() {
    boolean tooMuch = backlog >= (holding ? MAX_BACKLOG_BYTES / 2 : MAX_BACKLOG_BYTES);
    if (tooMuch != holding) {
      holding = tooMuch;
      incoming.hold(tooMuch);
    }
  }

  // ---- the end ----

  /**
   * A transfer begins: it is told when the connection ends, at once if it has. Until it is over the
   * connection is read although the other side may not read what we send: else two sides that page
   * to each other would each wait for the other to read.
   */
  public void attach(Transfer transfer) {
    ConnectionLostException gone = broker.lost();
    if (gone != null) {
      transfer.lost(gone);
    } else {
      transfers.add(transfer);
      incoming.pace();
    }
  }

  /** The transfer is over. */
  public void detach(Transfer transfer) {
    transfers.remove(transfer);
    incoming.pace();
  }

  boolean isBusy() {
    return !transfers.isEmpty();
  }

  void disconnected(ConnectionLostException why) {
    List<Transfer> told = List.copyOf(transfers);
    transfers.clear();
    told.forEach(transfer -> transfer.lost(why));
  }
}

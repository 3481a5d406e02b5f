// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data connection of one control connection: how it is to come about, and itself. At most one
 * of each at a time; what is arranged anew replaces what was arranged before.
 *
 * <p>Thread: the control connection's commands come one after the other; {@link #cut}, {@link
 * #abort} and {@link #shut} from anywhere, at once, also while a connection is awaited or in use.
 */
final class DataPath {
  private final PassivePorts ports;
  private final InetAddress local;
  private final InetAddress peer;

  private PassivePorts.@Nullable Lease awaited; // guarded by this
  private @Nullable InetSocketAddress target; // guarded by this
  private @Nullable SocketChannel open; // guarded by this
  private boolean inUse; // guarded by this
  private boolean givenUp; // since connect; guarded by this
  private boolean aborting; // until the abort has its turn; guarded by this
  private boolean shut; // guarded by this
  private volatile long lastMoveNanos;

  DataPath(PassivePorts ports, InetAddress local, InetAddress peer) {
    this.ports = ports;
    this.local = local;
    this.peer = peer;
  }

  /** Listens for the peer; answers with the port, or empty when none is free. */
  Optional<Integer> await() throws IOException, InterruptedException {
    forget();
    Optional<PassivePorts.Lease> lease = ports.listen(local);
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    synchronized (this) {
      if (!shut) {
        awaited = lease.get();
        return Optional.of(lease.get().port());
      }
    }
    lease.get().close();
    return Optional.empty();
  }

  /** Arranges to connect to the peer. */
  void aim(InetSocketAddress address) {
    forget();
    synchronized (this) {
      target = address;
    }
  }

  synchronized boolean isArranged() {
    return awaited != null || target != null;
  }

  /** Whether a transfer is going on or its connection is awaited. */
  synchronized boolean isInUse() {
    return inUse;
  }

  /** Notes that bytes moved. */
  void moved() {
    lastMoveNanos = System.nanoTime();
  }

  long lastMoveNanos() {
    return lastMoveNanos;
  }

  /**
   * Brings about what was arranged. The caller ends with {@link #done}.
   *
   * @throws IOException when nobody came in time, or the path was cut
   */
  SocketChannel connect(Duration patience) throws IOException {
    PassivePorts.Lease lease;
    InetSocketAddress address;
    synchronized (this) {
      if (shut || aborting) {
        throw new IOException("the data connection was given up");
      }
      inUse = true;
      givenUp = false;
      moved();
      lease = awaited;
      address = target;
    }
    return lease != null ? accepted(lease, patience) : connected(address, patience);
  }

  /** Ends a transfer. */
  void done() {
    synchronized (this) {
      inUse = false;
    }
    cut();
  }

  /** Closes whatever is there; a transfer under way fails, the next may be arranged. */
  void cut() {
    SocketChannel socket;
    synchronized (this) {
      socket = open;
      open = null;
      givenUp = true;
    }
    if (socket != null) {
      close(socket);
    }
    forget();
  }

  /**
   * As {@link #cut}, also for a transfer that has not come so far yet: every one fails until {@link
   * #settle}.
   */
  void abort() {
    synchronized (this) {
      aborting = true;
    }
    cut();
  }

  /** The abort has its turn: what it was to cut is over. */
  void settle() {
    cut();
    synchronized (this) {
      aborting = false;
    }
  }

  /** As {@link #cut}, for good. */
  void shut() {
    synchronized (this) {
      shut = true;
    }
    cut();
  }

  private void forget() {
    PassivePorts.Lease lease;
    synchronized (this) {
      lease = awaited;
      awaited = null;
      target = null;
    }
    if (lease != null) {
      lease.close();
    }
  }

  private SocketChannel accepted(PassivePorts.Lease lease, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          throw new SocketTimeoutException("no data connection came");
        }
        lease.channel().socket().setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
        SocketChannel came = lease.channel().socket().accept().getChannel();
        if (came.socket().getInetAddress().equals(peer)) {
          return keep(came);
        }
        // Not the login's own machine: it learns nothing, and the right one may still come.
        came.close();
      }
    } finally {
      forget();
    }
  }

  private SocketChannel connected(@Nullable InetSocketAddress address, Duration patience)
      throws IOException {
    if (address == null) {
      throw new IOException("the data connection was given up");
    }
    SocketChannel socket = keep(SocketChannel.open());
    socket.bind(new InetSocketAddress(local, 0));
    socket.socket().connect(address, (int) Math.min(patience.toMillis(), Integer.MAX_VALUE));
    forget();
    return socket;
  }

  private SocketChannel keep(SocketChannel socket) throws IOException {
    synchronized (this) {
      if (!givenUp && !aborting) {
        open = socket;
        return socket;
      }
    }
    socket.close();
    throw new IOException("the data connection was given up");
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The system gives the descriptor up nonetheless, and there is nobody to tell.
    }
  }
}

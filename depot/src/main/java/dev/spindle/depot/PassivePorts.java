// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Lends ports on which one data connection is awaited. A port goes back when its lease is closed,
 * which is as soon as the connection came: a long transfer keeps none.
 *
 * <p>Thread: any.
 */
final class PassivePorts {
  /** How long a client waits for a port of a range that is all taken. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Between two looks at ports that could not be bound. */
  private static final Duration RETRY = Duration.ofMillis(20);

  /** The login's own connection, and a few strangers to be turned away. */
  private static final int BACKLOG = 4;

  private final BlockingQueue<Integer> free = new LinkedBlockingQueue<>();
  private final int count;

  PassivePorts(PortRange range) {
    if (!range.isEphemeral()) {
      IntStream.rangeClosed(range.first(), range.last()).forEach(free::add);
    }
    this.count = free.size();
  }

  /** Ports that are not lent; for a range only. */
  int free() {
    return free.size();
  }

  /**
   * Listens on the next free port.
   *
   * @return empty when none became free in time
   * @throws IOException when the address cannot be listened on
   */
  Optional<Lease> listen(InetAddress address) throws IOException, InterruptedException {
    if (count == 0) {
      return Optional.of(new Lease(bound(address, 0), 0));
    }
    return fromRange(address);
  }

  /** A port may be bound yet: by another program, or by its last lease for a moment longer. */
  private Optional<Lease> fromRange(InetAddress address) throws IOException, InterruptedException {
    List<Integer> bound = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        Integer port = free.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        if (port == null) {
          free.addAll(bound);
          bound.clear();
          continue;
        }
        bound.add(port);
        try {
          Lease lease = new Lease(bound(address, port), port);
          bound.remove(port);
          return Optional.of(lease);
        } catch (BindException e) {
          // The next one, then.
        }
      }
      return Optional.empty();
    } finally {
      free.addAll(bound);
    }
  }

  private static ServerSocketChannel bound(InetAddress address, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      // Connections of the port's last use may linger in TIME_WAIT.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A port that is listened on. */
  final class Lease implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final int reserved;
    private final AtomicBoolean returned = new AtomicBoolean();

    private Lease(ServerSocketChannel channel, int reserved) {
      this.channel = channel;
      this.reserved = reserved;
    }

    ServerSocketChannel channel() {
      return channel;
    }

    int port() {
      return channel.socket().getLocalPort();
    }

    /** Stops listening and gives the port back; safe twice. */
    @Override
    public void close() {
      if (returned.compareAndSet(false, true)) {
        try {
          channel.close();
        } catch (IOException e) {
          // The system gives the port up nonetheless; if not, binding it again will tell.
        } finally {
          if (reserved != 0) {
            free.add(reserved);
          }
        }
      }
    }
  }
}

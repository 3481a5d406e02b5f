// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.cred.CertificateChecker;
import dev.spindle.pb.cred.CredentialChecker;
import dev.spindle.pb.cred.LoginRoot;
import dev.spindle.pb.cred.Portal;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Listens for Perspective Broker connections and gives each the root object.
 *
 * <pre>{@code
 * try (PbServer server = PbServer.at("tcp:host=127.0.0.1:port=8787").root(new Greeter()).start()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Threads: exposed methods run on the connection's event loop, see {@link
 * dev.spindle.pb.broker.Exposed}. The server's threads are daemons.
 */
public final class PbServer implements AutoCloseable {
  private final EventLoops loops;
  private final ExecutorService blocking;
  private final ChannelGroup connections;
  private final Channel listener;
  private final Door door;
  private final Endpoint endpoint;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PbServer(
      Endpoint endpoint,
      EventLoops loops,
      ExecutorService blocking,
      ChannelGroup connections,
      Door door,
      Channel listener) {
    this.endpoint = endpoint;
    this.door = door;
    this.loops = loops;
    this.blocking = blocking;
    this.connections = connections;
    this.listener = listener;
  }

  /**
   * Begins a server on an endpoint such as {@code tcp:host=127.0.0.1:port=8787}; port 0 takes any
   * free one.
   *
   * @throws IllegalArgumentException when the text is not an endpoint
   */
  public static Builder at(String endpoint) {
    return at(Endpoint.parse(endpoint));
  }

  public static Builder at(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /**
   * Where it listens over TCP or TLS, with the port that was really bound.
   *
   * @throws IllegalStateException for an endpoint without a port
   */
  public InetSocketAddress address() {
    if (listener.localAddress() instanceof InetSocketAddress address) {
      return address;
    }
    throw new IllegalStateException(endpoint + " has no port: ask for endpoint()");
  }

  /** The endpoint as it was given, with the port that was really bound. */
  public Endpoint endpoint() {
    if (endpoint instanceof Endpoint.Tcp tcp) {
      return new Endpoint.Tcp(tcp.host(), address().getPort());
    }
    if (endpoint instanceof Endpoint.Tls tls) {
      return new Endpoint.Tls(
          tls.host(), address().getPort(), tls.cert(), tls.key(), tls.trust(), tls.name());
    }
    return endpoint;
  }

  /** How many connections there are. */
  public int connectionCount() {
    return connections.size();
  }

  /** How many connections were turned away since they were too many; see the builder's limits. */
  public long refusedCount() {
    return door.refused();
  }

  /** Stops listening and closes every connection. Does not wait for them. Safe to call twice. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    stopListening();
    connections.close();
    blocking.shutdown();
    loops.stop();
  }

  /**
   * The kernel takes connections until the event loop has selected once more, which it has when it
   * comes to a task that was not due before.
   */
  private void stopListening() {
    EventLoop loop = listener.eventLoop();
    listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    if (!loop.inEventLoop()) {
      loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  /** Where it listens, and how many connections it has. */
  @Override
  public String toString() {
    return "PbServer["
        + listener.localAddress()
        + ", "
        + (closed.get() ? "closed" : connectionCount() + " connections")
        + "]";
  }

  /** Collects a server's settings. Not for use by several threads. */
  public static final class Builder extends PbBuilder<Builder> {
    private final Endpoint endpoint;
    private DoorLimits doorLimits = DoorLimits.DEFAULT;
    private BananaLimits limitsBeforeLogin = BananaLimits.BEFORE_LOGIN;
    private @Nullable Referenceable root;
    private @Nullable Portal portal;
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());

    private Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Gives everybody this root object. */
    public Builder root(Referenceable object) {
      root = object;
      return this;
    }

    /**
     * Gives everybody this root object, by the methods of an interface: {@link Referenceable#of}.
     */
    public <T> Builder root(Class<T> face, T object) {
      return root(Referenceable.of(face, object));
    }

    /** Asks everybody to log in; who has not within the login timeout is dropped. */
    public Builder portal(Portal logins) {
      portal = logins;
      return this;
    }

    /** Longest time until a dialect is agreed on; 30 s unless told. */
    public Builder handshakeTimeout(Duration timeout) {
      return linkLimits(linkLimits().withHandshake(Setting.time("handshakeTimeout", timeout)));
    }

    /** Longest time until the first login, on a server with logins; 60 s unless told. */
    public Builder loginTimeout(Duration timeout) {
      return linkLimits(linkLimits().withLogin(Setting.time("loginTimeout", timeout)));
    }

    /** Most connections at once; 16,384 unless told. One more is closed at once, and logged. */
    public Builder maxConnections(int count) {
      doorLimits = doorLimits.withConnections(count);
      return this;
    }

    /**
     * Most connections at once on which nobody has logged in yet, on a server with logins; 1,024
     * unless told. One remote address takes at most half of them.
     */
    public Builder maxConnectionsBeforeLogin(int count) {
      doorLimits = doorLimits.withBeforeLogin(count);
      return this;
    }

    /**
     * Most connections at once from one remote address, or from one /64 of IPv6; 1,024 unless told.
     * Those from this machine are not counted.
     */
    public Builder maxConnectionsPerAddress(int count) {
      doorLimits = doorLimits.withPerAddress(count);
      return this;
    }

    /**
     * What is read at most of somebody who has not logged in, on a server with logins; 64 KiB and
     * depth 32 unless told. From the first login on a connection {@link #limits} hold there.
     */
    public Builder limitsBeforeLogin(BananaLimits limits) {
      limitsBeforeLogin = limits;
      return this;
    }

    /** How many threads carry connections; as many as processors unless told. */
    public Builder threads(int count) {
      threads = Setting.atLeast(1, "threads", count);
      return this;
    }

    /**
     * Starts listening.
     *
     * @throws IOException when the address cannot be bound, naming it; or a file of a {@code tls:}
     *     endpoint not be used, naming that
     * @throws IllegalStateException without a root object or portal, or with both; with a portal
     *     and services
     * @throws IllegalArgumentException when the root object exposes what cannot be, or the endpoint
     *     has what only a client's may; when the portal takes certificates alone, and no client is
     *     asked for one
     */
    public PbServer start() throws IOException {
      if ((root == null) == (portal == null)) {
        throw new IllegalStateException("a server needs either a root object or a portal");
      }
      if (portal != null && hasServices()) {
        throw new IllegalStateException(
            "services are for everybody, and a portal is not: let avatars answer with them");
      }
      if (portal != null) {
        requireCertificates(portal);
      }
      if (root != null) {
        Broker.requireExposable(root, settings().types());
      }
      Transport transport = Transport.of(endpoint, Transport.Role.SERVER, keepAlive());
      EventLoops loops = EventLoops.start("pb-server", threads, transport);
      ExecutorService blocking = BlockingThreads.start("pb-server");
      ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
      Door door = new Door(doorLimits, portal != null);
      Reception.Rooms rooms = rooms(settings().withBlocking(blocking));
      ServerBootstrap bootstrap =
          new ServerBootstrap()
              .group(loops.group())
              .childHandler(new Reception(transport, linkLimits(), door, connections, rooms));
      transport.listening(bootstrap);
      try {
        Channel listener = transport.bind(bootstrap);
        return new PbServer(endpoint, loops, blocking, connections, door, listener);
      } catch (IOException e) {
        blocking.shutdown();
        loops.stop();
        throw e;
      }
    }

    private void requireCertificates(Portal logins) {
      List<CredentialChecker> checkers = logins.checkers();
      boolean takesNothingElse =
          !checkers.isEmpty()
              && checkers.stream().allMatch(each -> each instanceof CertificateChecker);
      boolean asks = endpoint instanceof Endpoint.Tls tls && tls.trust() != null;
      if (takesNothingElse && !asks) {
        throw new IllegalArgumentException(
            endpoint
                + ": the portal takes certificates alone, and no client is asked for one: "
                + (endpoint instanceof Endpoint.Tls
                    ? "add trust=FILE"
                    : "use tls: with trust=FILE"));
      }
    }

    private Reception.Rooms rooms(BrokerSettings settings) {
      Referenceable fixed = root;
      if (fixed != null) {
        Map<String, Referenceable> named = Map.of("root", fixed);
        return (channel, visit) ->
            link -> serving(new Broker(link, Broker.Role.SERVER, settings, named));
      }
      LoginRoot shared = new LoginRoot(java.util.Objects.requireNonNull(portal), passwordLogins());
      return new LoginRooms(shared, settings, limitsBeforeLogin, linkLimits().login());
    }
  }
}

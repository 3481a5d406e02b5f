// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.cred.LoginRoot;
import dev.spindle.pb.cred.Portal;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
  private static final AttributeKey<Boolean> LOGGED_IN =
      AttributeKey.valueOf(PbServer.class, "loggedIn");

  private final EventLoopGroup loops;
  private final ExecutorService blocking;
  private final ChannelGroup connections;
  private final Channel listener;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PbServer(
      EventLoopGroup loops, ExecutorService blocking, ChannelGroup connections, Channel listener) {
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
    return new Builder((Endpoint.Tcp) endpoint);
  }

  /** Where it listens, with the port that was really bound. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** How many connections there are. */
  public int connectionCount() {
    return connections.size();
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
    EventLoops.stop(loops);
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

  /** Collects a server's settings. Not for use by several threads. */
  public static final class Builder extends PbBuilder<Builder> {
    private final Endpoint.Tcp endpoint;
    private @Nullable Referenceable root;
    private @Nullable Portal portal;
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());

    private Builder(Endpoint.Tcp endpoint) {
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

    /** Asks everybody to log in; who has not within the login timeout is dropped. */
    public Builder portal(Portal logins) {
      portal = logins;
      return this;
    }

    /** Longest time until a dialect is agreed on; 30 s unless told. */
    public Builder handshakeTimeout(Duration timeout) {
      return linkLimits(linkLimits().withHandshake(timeout));
    }

    /** Longest time until the first login, on a server with logins; 60 s unless told. */
    public Builder loginTimeout(Duration timeout) {
      return linkLimits(linkLimits().withLogin(timeout));
    }

    /** How many threads carry connections; as many as processors unless told. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /**
     * Starts listening.
     *
     * @throws IOException when the address cannot be bound, naming it
     * @throws IllegalStateException without a root object or portal, or with both
     * @throws IllegalArgumentException when the root object exposes what cannot be
     */
    public PbServer start() throws IOException {
      if ((root == null) == (portal == null)) {
        throw new IllegalStateException("a server needs either a root object or a portal");
      }
      if (root != null) {
        Broker.requireExposable(root);
      }
      EventLoopGroup loops = EventLoops.start("pb-server", threads);
      ExecutorService blocking = BlockingThreads.start("pb-server");
      ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
      BrokerSettings settings = settings().withBlocking(blocking);
      var bound =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childOption(ChannelOption.SO_KEEPALIVE, true)
              .childHandler(initializer(connections, settings))
              .bind(endpoint.host(), endpoint.port())
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        blocking.shutdown();
        EventLoops.stop(loops);
        throw new IOException(
            "cannot listen on "
                + endpoint.host()
                + ":"
                + endpoint.port()
                + ": "
                + bound.cause().getMessage(),
            bound.cause());
      }
      return new PbServer(loops, blocking, connections, bound.channel());
    }

    private ChannelInitializer<Channel> initializer(
        ChannelGroup connections, BrokerSettings settings) {
      Function<Channel, Referenceable> rootOf = rootOf();
      LinkLimits times = linkLimits();
      boolean needsLogin = portal != null;
      return new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
          connections.add(channel);
          Map<String, Referenceable> named = Map.of("root", rootOf.apply(channel));
          channel
              .pipeline()
              .addLast(
                  new NettyLink(
                      link -> new Broker(link, Broker.Role.SERVER, settings, named), times));
          if (needsLogin) {
            dropWithoutLogin(channel, times.login());
          }
        }
      };
    }

    private Function<Channel, Referenceable> rootOf() {
      Referenceable fixed = root;
      if (fixed != null) {
        return channel -> fixed;
      }
      Portal logins = java.util.Objects.requireNonNull(portal);
      LoginRoot shared = new LoginRoot(logins);
      return channel -> shared.whenLoggedIn(() -> channel.attr(LOGGED_IN).set(true));
    }

    private static void dropWithoutLogin(Channel channel, Duration timeout) {
      EventLoops.after(
          timeout,
          channel,
          () -> {
            if (channel.attr(LOGGED_IN).get() == null) {
              channel.close();
            }
          });
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.ClientLogin;
import dev.spindle.pb.cred.Credentials;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Perspective Broker server, Twisted's or ours.
 *
 * <pre>{@code
 * try (PbClient client = PbClient.connect("tcp:host=127.0.0.1:port=8787")) {
 *   client.root().call("greet", "Ada").thenAccept(System.out::println).join();
 * }
 * }</pre>
 *
 * <p>Threads: any may use it; callbacks run on its own thread, see {@link RemoteReference}.
 */
public final class PbClient implements PbConnection {
  private final EventLoopGroup loops;
  private final ExecutorService blocking;
  private final Broker broker;

  private PbClient(EventLoopGroup loops, ExecutorService blocking, Broker broker) {
    this.loops = loops;
    this.blocking = blocking;
    this.broker = broker;
  }

  /**
   * Connects, and waits until the connection stands. Calls may be made at once.
   *
   * @throws IOException when it cannot be established, naming the endpoint
   * @throws IllegalArgumentException when the text is not an endpoint
   */
  public static PbClient connect(String endpoint) throws IOException {
    return to(endpoint).connect();
  }

  /** Begins a connection with settings of its own. */
  public static Builder to(String endpoint) {
    return to(Endpoint.parse(endpoint));
  }

  public static Builder to(Endpoint endpoint) {
    return new Builder((Endpoint.Tcp) endpoint);
  }

  @Override
  public RemoteReference root() {
    return broker.root();
  }

  /**
   * Logs in.
   *
   * @param mind an object that the server may call, or null
   * @return the perspective: what this user may call
   * @see ClientLogin#login
   */
  public CompletableFuture<RemoteReference> login(
      Credentials credentials, @Nullable Referenceable mind) {
    return ClientLogin.login(root(), credentials, mind);
  }

  @Override
  public SocketAddress remoteAddress() {
    return broker.remoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return broker.localAddress();
  }

  @Override
  public void onDisconnect(Consumer<ConnectionLostException> listener) {
    broker.onDisconnect(listener);
  }

  @Override
  public void close() {
    broker.close();
    blocking.shutdown();
    broker.onDisconnect(gone -> EventLoops.stop(loops));
  }

  /** Collects a client's settings. Not for use by several threads. */
  public static final class Builder extends PbBuilder<Builder> {
    private final Endpoint.Tcp endpoint;

    private Builder(Endpoint.Tcp endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Longest time for the connection to be established; 30 s unless told. */
    public Builder connectTimeout(Duration timeout) {
      return linkLimits(linkLimits().withConnect(timeout));
    }

    /** See {@link PbClient#connect}. */
    public PbClient connect() throws IOException {
      EventLoopGroup loops = EventLoops.start("pb-client", 1);
      ExecutorService blocking = BlockingThreads.start("pb-client");
      BrokerSettings settings = settings().withBlocking(blocking);
      CompletableFuture<Broker> connected = new CompletableFuture<>();
      ChannelFuture connecting =
          new Bootstrap()
              .group(loops)
              .channel(NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.SO_KEEPALIVE, true)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) linkLimits().connect().toMillis())
              .handler(initializer(settings, connected))
              .connect(endpoint.host(), endpoint.port())
              .awaitUninterruptibly();
      if (!connecting.isSuccess()) {
        blocking.shutdown();
        EventLoops.stop(loops);
        throw new IOException(
            "cannot connect to "
                + endpoint.host()
                + ":"
                + endpoint.port()
                + ": "
                + connecting.cause().getMessage(),
            connecting.cause());
      }
      return new PbClient(loops, blocking, connected.join());
    }

    private ChannelInitializer<Channel> initializer(
        BrokerSettings settings, CompletableFuture<Broker> connected) {
      LinkLimits times = linkLimits();
      return new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
          channel
              .pipeline()
              .addLast(
                  new NettyLink(
                      link -> {
                        Broker broker = new Broker(link, Broker.Role.CLIENT, settings, Map.of());
                        connected.complete(broker);
                        return broker;
                      },
                      times));
        }
      };
    }
  }
}

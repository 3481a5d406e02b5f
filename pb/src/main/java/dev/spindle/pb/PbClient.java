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
import dev.spindle.pb.cred.LoginEvents;
import dev.spindle.pb.cred.LoginUnavailableException;
import dev.spindle.pb.cred.PasswordLogins;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
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
  private final EventLoops loops;
  private final ExecutorService blocking;
  private final Broker broker;
  private final Endpoint endpoint;
  private final PasswordLogins passwordLogins;

  private PbClient(Builder builder, EventLoops loops, ExecutorService blocking, Broker broker) {
    this.endpoint = builder.endpoint;
    this.passwordLogins = builder.passwordLogins();
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
    return new Builder(endpoint);
  }

  @Override
  public RemoteReference root() {
    return broker.root();
  }

  @Override
  public RemoteReference service(String name) {
    return broker.service(name);
  }

  /**
   * Logs in. A wrong name or secret fails the future with a {@link
   * dev.spindle.pb.broker.RemoteException} whose {@code isA} tells {@link
   * dev.spindle.pb.cred.LoginRefusedException#TYPE}, and one that the server has no checker for
   * with {@code twisted.cred.error.UnhandledCredentials}; both are a {@code
   * twisted.cred.error.LoginFailed}. What cannot be over this connection fails with a {@link
   * LoginUnavailableException} before anything is sent.
   *
   * @param mind an object that the server may call, or null
   * @return the perspective: what this user may call
   * @see ClientLogin#login
   */
  public CompletableFuture<RemoteReference> login(
      Credentials credentials, @Nullable Referenceable mind) {
    CompletableFuture<RemoteReference> login = loginUnobserved(credentials, mind);
    LoginEvents.observe(login, broker, credentials);
    return login;
  }

  private CompletableFuture<RemoteReference> loginUnobserved(
      Credentials credentials, @Nullable Referenceable mind) {
    if (credentials instanceof Credentials.Certificate
        && !(endpoint instanceof Endpoint.Tls tls && tls.cert() != null)) {
      return CompletableFuture.failedFuture(
          new LoginUnavailableException(
              endpoint + " shows no certificate: it needs to be tls: with cert= and key="));
    }
    return ClientLogin.login(root(), credentials, mind, passwordLogins);
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
  public boolean isSecure() {
    return broker.isSecure();
  }

  @Override
  public List<X509Certificate> peerCertificates() {
    return broker.peerCertificates();
  }

  @Override
  public void onDisconnect(Consumer<ConnectionLostException> listener) {
    broker.onDisconnect(listener);
  }

  /** Completes when the server has answered as one; fails with the end of the connection. */
  CompletableFuture<@Nullable Void> opened() {
    return broker.opened();
  }

  @Override
  public CompletableFuture<@Nullable Void> whenWritable() {
    return broker.whenWritable();
  }

  @Override
  public void close() {
    broker.close();
    blocking.shutdown();
    broker.onDisconnect(gone -> loops.stop());
  }

  /** Who is at the other end, and what is under way. */
  @Override
  public String toString() {
    return "PbClient on " + broker;
  }

  /** Collects a client's settings. Not for use by several threads. */
  public static final class Builder extends PbBuilder<Builder> {
    private final Endpoint endpoint;

    private Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Longest time for the connection to be established; 30 s unless told. */
    public Builder connectTimeout(Duration timeout) {
      return linkLimits(linkLimits().withConnect(Setting.time("connectTimeout", timeout)));
    }

    /** Begins a client that comes back after each loss, with the settings so far. */
    public ReconnectingClient.Builder reconnecting() {
      return new ReconnectingClient.Builder(this::connect, place(), settings());
    }

    private String place() {
      if (endpoint instanceof Endpoint.Tcp tcp) {
        return tcp.host() + ":" + tcp.port();
      }
      return endpoint instanceof Endpoint.Tls tls
          ? tls.host() + ":" + tls.port()
          : endpoint.toString();
    }

    /** See {@link PbClient#connect}. */
    public PbClient connect() throws IOException {
      Transport transport = Transport.of(endpoint, Transport.Role.CLIENT, keepAlive());
      EventLoops loops = EventLoops.start("pb-client", 1, transport);
      ExecutorService blocking = BlockingThreads.start("pb-client");
      BrokerSettings settings = settings().withBlocking(blocking);
      Dialer dialer =
          new Dialer(
              transport,
              linkLimits(),
              link -> serving(new Broker(link, Broker.Role.CLIENT, settings, Map.of())));
      try {
        return new PbClient(this, loops, blocking, dialer.dial(loops.group()));
      } catch (IOException e) {
        blocking.shutdown();
        loops.stop();
        throw e;
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.cred.Credentials;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client that connects, logs in, and does both again whenever the connection is lost.
 *
 * <pre>{@code
 * try (ReconnectingClient client =
 *     PbClient.to("tcp:host=127.0.0.1:port=8787")
 *         .reconnecting()
 *         .login(Credentials.password("ada", secret), null)
 *         .start()) {
 *   client.target().call("greet", "Ada").thenAccept(System.out::println).join();
 * }
 * }</pre>
 *
 * <p>Threads: any may use it. It has one of its own that connects and waits, and each connection
 * has its own as those of {@link PbClient}; all are daemons and end with {@link #close}.
 */
public final class ReconnectingClient implements AutoCloseable {
  private final Reconnector reconnector;
  private final WaitingRoom room;
  private final ReconnectingReference target;

  private ReconnectingClient(
      Reconnector reconnector, WaitingRoom room, ReconnectingReference target) {
    this.reconnector = reconnector;
    this.room = room;
    this.target = target;
  }

  /** Begins one with the default settings of a connection. */
  public static Builder to(String endpoint) {
    return PbClient.to(endpoint).reconnecting();
  }

  /** The perspective if it logs in, else the server's root object: for calls at any time. */
  public ReconnectingReference target() {
    return target;
  }

  /** Whether there is a connection now, logged in if it is to be. */
  public boolean isConnected() {
    return room.current() != null;
  }

  /**
   * Completes when it has ended for good: normally after {@link #close}, else with the reason why
   * it gave up.
   */
  public CompletableFuture<@Nullable Void> ended() {
    return reconnector.ended().copy();
  }

  /**
   * Ends the connection, as {@link PbClient#close} does, and fails what waits. Does not wait; an
   * attempt to connect that is under way may take its time and is dropped then. Safe to call twice.
   */
  @Override
  public void close() {
    reconnector.close();
  }

  /** Where to, and how it fares. */
  @Override
  public String toString() {
    return "ReconnectingClient[" + room + "]";
  }

  /** Collects the settings. Not for use by several threads. */
  public static final class Builder {
    private static final int DEFAULT_MAX_WAITING = 1000;

    private final Reconnector.Connector connector;
    private final String peer;
    private final BrokerSettings connection;
    private @Nullable Credentials credentials;
    private @Nullable Referenceable mind;
    private Backoff backoff = Backoff.DEFAULT;
    private Duration stableAfter = Duration.ofSeconds(10);
    private Duration loginTimeout = Duration.ofSeconds(60);
    private int maxFailures = Integer.MAX_VALUE;
    private boolean retriesRefusedLogins;
    private ReconnectListener listener = new ReconnectListener() {};
    private int maxWaiting = DEFAULT_MAX_WAITING;
    private @Nullable Timing timing;
    private RandomGenerator random = new Random();

    Builder(Reconnector.Connector connector, String peer, BrokerSettings connection) {
      this.connector = connector;
      this.peer = peer;
      this.connection = connection;
    }

    /**
     * Logs in on each connection.
     *
     * @param mind an object that the server may call, or null
     */
    public Builder login(Credentials credentials, @Nullable Referenceable mind) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      this.mind = mind;
      return this;
    }

    /** How long to wait between attempts; {@link Backoff#DEFAULT} unless told. */
    public Builder backoff(Backoff waits) {
      backoff = waits;
      return this;
    }

    /**
     * How long a connection must have lived to count as a success, after which the next waits begin
     * anew; 10 s unless told. A server that drops everybody at once is thus not asked at full
     * speed.
     */
    public Builder stableAfter(Duration time) {
      stableAfter = Setting.timeOrNone("stableAfter", time);
      return this;
    }

    /** Longest time for the handshake and the login together; 60 s unless told. */
    public Builder loginTimeout(Duration time) {
      loginTimeout = Setting.time("loginTimeout", time);
      return this;
    }

    /** Gives up after so many failures in a row; never unless told. */
    public Builder maxFailures(int count) {
      maxFailures = Setting.atLeast(1, "maxFailures", count);
      return this;
    }

    /**
     * Tries again, with the usual waits, when a login is refused. Unless told it gives up then: a
     * wrong password does not become right by being repeated.
     */
    public Builder retryRefusedLogins() {
      retriesRefusedLogins = true;
      return this;
    }

    /** Most calls that wait for a connection; 1,000 unless told. Further ones fail at once. */
    public Builder maxWaitingCalls(int count) {
      maxWaiting = Setting.atLeast(0, "maxWaitingCalls", count);
      return this;
    }

    /** Lets calls fail at once while there is no connection, instead of waiting for one. */
    public Builder failWhileDisconnected() {
      return maxWaitingCalls(0);
    }

    /** Tells a listener of connections and losses. */
    public Builder listener(ReconnectListener told) {
      listener = told;
      return this;
    }

    Builder timing(Timing given) {
      timing = given;
      return this;
    }

    Builder random(RandomGenerator given) {
      random = given;
      return this;
    }

    /** Starts connecting, and does not wait for it. */
    public ReconnectingClient start() {
      Timing clock = timing == null ? Timing.real("pb-reconnect-timer") : timing;
      WaitingRoom room = new WaitingRoom(peer, clock, maxWaiting);
      ReconnectPlan plan =
          new ReconnectPlan(
              credentials,
              mind,
              backoff,
              stableAfter,
              loginTimeout,
              maxFailures,
              retriesRefusedLogins,
              listener);
      Reconnector reconnector = new Reconnector(connector, plan, room, clock, random);
      Duration deadline = connection.calls().deadline();
      ReconnectingReference target =
          new ReconnectingReference(
              room, connection.types(), deadline == null ? 0 : deadline.toNanos());
      ReconnectingClient client = new ReconnectingClient(reconnector, room, target);
      reconnector.start();
      return client;
    }
  }
}

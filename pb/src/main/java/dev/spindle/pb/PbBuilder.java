// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.PbListener;
import dev.spindle.pb.broker.Services;
import dev.spindle.pb.cred.PasswordLogins;
import dev.spindle.pb.types.Types;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings that both ends have. A value that none can have is an {@link
 * IllegalArgumentException} where it is given. Not for use by several threads.
 *
 * @param <B> the builder itself
 */
public abstract sealed class PbBuilder<B extends PbBuilder<B>>
    permits PbClient.Builder, PbServer.Builder {
  private BrokerSettings settings = BrokerSettings.DEFAULT;
  private @Nullable Services services;
  private LinkLimits linkLimits = LinkLimits.DEFAULT;
  private KeepAlive keepAlive = KeepAlive.DEFAULT;
  private PasswordLogins passwordLogins = PasswordLogins.WHEN_SECURE;

  PbBuilder() {}

  abstract B self();

  /** Which objects travel by value beyond the plain types; none unless told. */
  public B types(Types types) {
    return settings(settings.withTypes(types));
  }

  /**
   * Publishes objects under names of their own, beside the root. They may come and go while
   * connections are live. Not on a server with logins, where nobody may call without one.
   */
  public B services(Services published) {
    services = published;
    return self();
  }

  boolean hasServices() {
    return services != null;
  }

  Broker serving(Broker broker) {
    if (services != null) {
      broker.serve(services);
    }
    return broker;
  }

  /** What is read and sent at most; what a Twisted peer takes unless told. */
  public B limits(BananaLimits limits) {
    return settings(settings.withLimits(limits));
  }

  /**
   * Most objects of ours that the other side of one connection may hold, and most copies that each
   * may keep of the other's; 1,024 unless told.
   */
  public B maxReferences(int count) {
    return settings(settings.withMaxReferences(Setting.atLeast(0, "maxReferences", count)));
  }

  /** Most calls of one connection that may be under way at once; 4,096 unless told. */
  public B maxCallsInFlight(int count) {
    return settings(settings.withMaxCallsInFlight(Setting.atLeast(1, "maxCallsInFlight", count)));
  }

  /**
   * The time that each call of this side is given, unless its reference says otherwise; any unless
   * told.
   *
   * @see dev.spindle.pb.broker.RemoteReference#withDeadline
   */
  public B callDeadline(Duration deadline) {
    return settings(settings.withCalls(settings.calls().withDeadline(deadline)));
  }

  /**
   * Most calls of this side on one connection that may wait, to be sent or for their answers;
   * 262,144 unless told. Further ones fail with {@link dev.spindle.pb.broker.UnsentLimitException}.
   */
  public B maxUnansweredCalls(int count) {
    return settings(settings.withCalls(settings.calls().withMaxUnanswered(count)));
  }

  /**
   * Most bytes of one connection that may wait for the other side to read when a call is sent; 64
   * MiB unless told. Further calls fail with {@link dev.spindle.pb.broker.UnsentLimitException}.
   */
  public B maxUnsentBytes(long bytes) {
    return settings(settings.withCalls(settings.calls().withMaxUnsentBytes(bytes)));
  }

  /** Tells a listener what happens on every connection. */
  public B listener(PbListener listener) {
    return settings(settings.withListener(listener));
  }

  /** How a silent TCP peer is found to be gone; within a minute unless told. */
  public B keepAlive(KeepAlive times) {
    keepAlive = times;
    return self();
  }

  /** Longest time to agree on TLS, on a {@code tls:} endpoint; 10 s unless told. */
  public B tlsHandshakeTimeout(Duration timeout) {
    return linkLimits(linkLimits.withTls(Setting.time("tlsHandshakeTimeout", timeout)));
  }

  /**
   * Longest time for an expression that has begun to end, unless it comes at 1 KiB a second or
   * more; 60 s unless told. Found out within twice that.
   */
  public B expressionTimeout(Duration timeout) {
    return linkLimits(linkLimits.withExpression(Setting.time("expressionTimeout", timeout)));
  }

  /**
   * Most bytes of a connection that wait to be worked off, behind those that are; 4 MiB unless
   * told. Reading stops long before it: who gets there is disconnected.
   */
  public B maxUnreadBytes(int bytes) {
    return linkLimits(linkLimits.withMaxUnreadBytes(Setting.atLeast(1, "maxUnreadBytes", bytes)));
  }

  /**
   * Has names and passwords go over connections on which others can read along; unless told, only
   * over TLS, Unix sockets, in-process and by loopback.
   */
  public B insecureLogins() {
    passwordLogins = PasswordLogins.ALWAYS;
    return self();
  }

  KeepAlive keepAlive() {
    return keepAlive;
  }

  PasswordLogins passwordLogins() {
    return passwordLogins;
  }

  /**
   * Tells the other side where in our program an error arose: the stack trace of an exception that
   * answers a call, as Python writes one, with the names of classes, methods and files. For
   * debugging among friends; never unless told.
   */
  public B unsafeTracebacks() {
    return settings(settings.withUnsafeTracebacks(true));
  }

  BrokerSettings settings() {
    return settings;
  }

  B settings(BrokerSettings changed) {
    settings = changed;
    return self();
  }

  LinkLimits linkLimits() {
    return linkLimits;
  }

  B linkLimits(LinkLimits changed) {
    linkLimits = changed;
    return self();
  }
}

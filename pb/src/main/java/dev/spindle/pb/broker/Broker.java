// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.types.Types;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a connection: takes bytes, carries out calls, sends calls and hands answers back.
 *
 * <p>Both sides run the same code; the role matters for the handshake alone.
 *
 * <p>Thread: the link's, but for what {@link PbConnection} promises. The link calls {@link #start},
 * then {@link Inbox#receive} for whatever arrives, then {@link #disconnected} once.
 */
public final class Broker implements PbConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  /** The order of things: negotiating, then open, then closed. */
  private enum Phase {
    NEGOTIATING,
    OPEN,
    CLOSED
  }

  private final Link link;
  private final Handshake handshake;
  private final ValueCodec values;
  private final Tolerated tolerated;
  private final OutgoingCalls outgoing;
  private final IncomingCalls incoming;
  private final Outbox outbox;
  private final long deadlineNanos;
  private final @Nullable PbListener listener;
  private final Inbox inbox;
  private final Traffic traffic;
  private final Updates updates;
  private final Debts debts;
  private final RemoteReference root;

  private volatile Phase phase = Phase.NEGOTIATING;
  private @Nullable ConnectionLostException lost;

  /** Whether we are ending the connection: what is called from then on would not arrive. */
  private volatile boolean closing;

  private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();

  private final EndListeners ends = new EndListeners();

  /**
   * @param role which end of the connection this is
   * @param settings the endpoint's rules
   * @param named objects exposed by name, such as {@code root}
   */
  public Broker(
      Link link, Role role, BrokerSettings settings, Map<String, ? extends Referenceable> named) {
    this.link = link;
    this.handshake = Handshake.of(role);
    this.values = new ValueCodec(this, link, settings);
    this.updates = new Updates(this, link);
    this.debts = new Debts(this, link, values);
    this.tolerated = new Tolerated(link);
    this.deadlineNanos = settings.calls().deadlineNanos();
    this.listener = settings.listener();
    Deadlines deadlines = new Deadlines(link);
    this.outgoing = new OutgoingCalls(this, values, deadlines);
    this.outbox = new Outbox(this, link, outgoing, deadlines, settings.calls());
    this.incoming = new IncomingCalls(this, link, values, settings);
    this.inbox = new Inbox(this, link, incoming, settings.limits());
    this.traffic = new Traffic(this, link, incoming, settings.blocking());
    this.root = new RemoteReference(this, new Holding(this, Messages.ROOT), null);
    named.forEach((name, object) -> values.exports().name(ByteString.utf8(name), object));
  }

  /**
   * Checks an object that is to be given to each connection, before there is one.
   *
   * @throws IllegalArgumentException when its class exposes what cannot be, naming the method
   */
  public static void requireExposable(Referenceable object, Types types) {
    MethodTables.of(types).exposedOf(object);
  }

  /** Which end of a connection. */
  public enum Role {
    CLIENT,
    SERVER
  }

  // ---- the link's calls ----

  /** The connection is up. */
  public void start() {
    if (listener != null) {
      listener.opened(this);
    }
    handshake.start(values.writer(Dialect.NONE));
    link.flushSoon();
  }

  /** An expression has arrived whole. */
  void received(Object expression) throws BananaException {
    if (phase == Phase.OPEN) {
      Messages.deliver(expression, incoming);
      inbox.delivered();
    } else if (phase == Phase.NEGOTIATING) {
      Dialect dialect = handshake.received(expression, values.writer(Dialect.NONE));
      inbox.use(dialect);
      values.use(dialect);
      Messages.writeVersion(values.writer());
      link.flushSoon();
      phase = Phase.OPEN;
      nowOpen();
    }
  }

  /** What was called before goes out, and then the end if the caller wanted it meanwhile. */
  private void nowOpen() {
    outbox.open();
    opened.complete(null);
    if (closing) {
      link.closeAfterFlush();
    }
  }

  /** What arrives. */
  public Inbox inbox() {
    return inbox;
  }

  /** Whether dialects have been agreed on and calls can flow. */
  public boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** The link has sent what had piled up. */
  public void writable() {
    outbox.backlog().writable();
  }

  /** Most bytes of calls that may wait for the other side to read. */
  public long maxUnsentBytes() {
    return outbox.backlog().maxUnsentBytes();
  }

  /** The link ends the connection, because the other side broke a rule or a limit. */
  public void dropping(String why) {
    if (listener != null) {
      listener.dropped(this, why);
    }
  }

  /**
   * Completes when dialects have been agreed on, or fails with the end of the connection. Thread:
   * any.
   */
  public CompletableFuture<@Nullable Void> opened() {
    return opened;
  }

  /** Whether nothing that is called from now on will be sent any more. Thread: any. */
  public boolean isEnding() {
    return closing || phase == Phase.CLOSED;
  }

  /** Ends the connection for a limit, after what is written. */
  void goodbye(String why) {
    LOG.warn("{} is disconnected: {}", link.remoteAddress(), why);
    dropping(why);
    close();
  }

  /** The connection is gone: everything under way ends here, once. */
  public void disconnected(ConnectionLostException why) {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.CLOSED;
    lost = why;
    outbox.fail(why, java.util.Objects.requireNonNull(endedForCalls()));
    opened.completeExceptionally(why);
    traffic.disconnected(why);
    values.clear();
    if (listener != null) {
      listener.closed(this, why);
    }
    ends.tell(why);
  }

  /** Why the connection ended, or null while it stands. */
  @Nullable ConnectionLostException lost() {
    return lost;
  }

  /** Runs a task as soon as calls can flow, or the connection has ended without. */
  void whenOpen(Runnable task) {
    if (phase == Phase.NEGOTIATING) {
      outbox.whenOpen(task);
    } else {
      task.run();
    }
  }

  Traffic traffic() {
    return traffic;
  }

  // ---- calls out ----

  CompletableFuture<@Nullable Object> call(
      RemoteReference target,
      ByteString method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted) {
    return call(new PendingMessage(this, target, method, args, keywords, wanted, Answer.ANY));
  }

  PendingCall call(PendingMessage call) {
    return outbox.call(call);
  }

  Outbox outbox() {
    return outbox;
  }

  /** Why no call is sent any more, or null while calls are. */
  @Nullable DeadReferenceException endedForCalls() {
    ConnectionLostException gone = lost;
    if (gone != null) {
      return new DeadReferenceException("the connection has ended: " + gone.getMessage());
    }
    return closing ? new DeadReferenceException("the connection was closed") : null;
  }

  /** Reads on or stops, by what is under way now. */
  void pace() {
    incoming.pace();
  }

  /** Whether the other side owes us an answer, or a transfer is under way, which is as good. */
  boolean awaitsAnswers() {
    return !outgoing.isEmpty() || traffic.isBusy();
  }

  MethodTables tables() {
    return values.tables();
  }

  OutgoingCalls outgoing() {
    return outgoing;
  }

  Tolerated tolerated() {
    return tolerated;
  }

  Debts debts() {
    return debts;
  }

  Updates updates() {
    return updates;
  }

  /** Whether the user is asked for the state of an object: a message is half written. */
  boolean isAskingUser() {
    return values.isAskingUser();
  }

  // ---- PbConnection ----

  /** Lets the other side call what is published, now and later. Before the connection starts. */
  public void serve(Services services) {
    values.exports().serve(services);
  }

  @Override
  public RemoteReference root() {
    return root;
  }

  @Override
  public RemoteReference service(String name) {
    return new RemoteReference(this, new Holding(this, ByteString.utf8(name)), null);
  }

  @Override
  public SocketAddress remoteAddress() {
    return link.remoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return link.localAddress();
  }

  @Override
  public boolean isSecure() {
    return link.isSecure();
  }

  @Override
  public List<X509Certificate> peerCertificates() {
    return link.peerCertificates();
  }

  @Override
  public void onDisconnect(Consumer<ConnectionLostException> listener) {
    Consumer<ConnectionLostException> once = EndListeners.once(listener);
    if (!link.tryExecute(() -> ends.add(once))) {
      once.accept(new ConnectionLostException("the endpoint was closed"));
    }
  }

  @Override
  public void close() {
    link.tryExecute(
        () -> {
          closing = true;
          if (outbox.waiting() == 0) {
            link.closeAfterFlush();
          } else {
            link.closeInTime(); // What was said before goes out first, as it would a moment later.
          }
        });
  }

  @Override
  public CompletableFuture<@Nullable Void> whenWritable() {
    Backlog.Waiter waiter = new Backlog.Waiter(this);
    if (link.isOwnThread()) {
      enter(waiter);
    } else if (!link.tryExecute(() -> enter(waiter))) {
      waiter.completeExceptionally(new ConnectionLostException("the endpoint was closed"));
    }
    return waiter;
  }

  private void enter(Backlog.Waiter waiter) {
    ConnectionLostException gone = lost;
    if (gone != null) {
      waiter.completeExceptionally(gone);
    } else {
      outbox.backlog().whenWritable(waiter);
    }
  }

  // ---- observation ----

  /** Who is told what happens, if anybody; may be called without fear of what it throws. */
  public @Nullable PbListener listener() {
    return listener;
  }

  /** A call that begins, for the listener; null without one. */
  @Nullable ObservedCall observed(
      PbListener.Direction direction, ByteString method, boolean isKnown, long bytes) {
    if (listener == null) {
      return null;
    }
    PbListener.Call call = new PbListener.Call(direction, method.utf8(), isKnown);
    return new ObservedCall(listener, this, link, call, bytes);
  }

  /** Something that arrived will not be read. */
  void refused(@Nullable String why) {
    if (listener != null) {
      listener.valueRefused(this, String.valueOf(why));
    }
  }

  boolean isConnectionThread() {
    return link.isConnectionThread();
  }

  /** The time that calls are given by default, in nanoseconds; 0 for any. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** The other side, the state, and what is under way; exact only on the connection's thread. */
  @Override
  public String toString() {
    return "PbConnection["
        + link.remoteAddress()
        + ", "
        + (closing && phase != Phase.CLOSED ? "closing" : phase.name().toLowerCase(Locale.ROOT))
        + ", "
        + (outgoing.unanswered() + outbox.waiting())
        + " calls out and "
        + incoming.underWay()
        + " in, "
        + values.imports().size()
        + " references held and "
        + values.exports().size()
        + " given]";
  }

  /** How many references each side holds of the other, for observation and tests. */
  public ReferenceCounts referenceCounts() {
    return new ReferenceCounts(values.exports().size(), values.imports().size());
  }

  /** How many caches each side keeps for the other, for observation and tests. */
  public CacheCounts cacheCounts() {
    return new CacheCounts(values.cacheExports().size(), values.cacheImports().size());
  }

  /** What the other side did that Twisted would have ended the connection for. */
  public Tolerance tolerance() {
    return new Tolerance(
        tolerated.count(Tolerated.Kind.UNKNOWN_COMMAND),
        tolerated.count(Tolerated.Kind.NOT_UNDERSTOOD),
        tolerated.count(Tolerated.Kind.STRAY_ANSWER),
        tolerated.count(Tolerated.Kind.OVERSIZED));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Link;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker's link over a Netty channel.
 *
 * <p>Messages gather and are written together: at the end of a read, or when the event loop comes
 * to the task that {@link #flushSoon} left there. While the other side does not read, neither do
 * we.
 */
final class NettyLink extends ChannelInboundHandlerAdapter implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(NettyLink.class);

  /**
   * Most bytes that the other side may leave unread, beyond those of our own calls, while we go on
   * reading for the sake of answers. Two sides that flood each other both read on up to here, where
   * they would otherwise wait for each other for ever.
   */
  static final long MAX_UNSENT_BYTES = 64L << 20;

  /**
   * Most messages that are carried out before other connections of the same thread have their turn:
   * some 50 µs of calls that do little.
   */
  static final int MESSAGES_PER_TURN = 128;

  /** Most pieces of up to 64 KiB that are read in one turn. */
  private static final int READS_PER_TURN = 4;

  private static final RecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_PER_TURN);

  private final Function<Link, Broker> brokerOf;
  private final LinkLimits limits;

  private final Unread unread = new Unread();
  private @Nullable Outgoing outgoing;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Peer peer;
  private @Nullable PeerContext peerContext;
  private @Nullable ExpressionWatch watch;
  private @Nullable Broker broker;
  private boolean inRead;
  private int messagesLeft;
  private boolean goingOn;
  private Reading wanted = Reading.WHILE_READ;
  private @Nullable String fault;

  NettyLink(Function<Link, Broker> brokerOf, LinkLimits limits) {
    this.brokerOf = brokerOf;
    this.limits = limits;
  }

  /** Has a new channel, of which nothing was read yet, read no more in a turn than is fair. */
  static void shareThread(Channel channel) {
    channel.config().setRecvByteBufAllocator(READS);
  }

  /** Not before the channel is active. */
  Broker broker() {
    return java.util.Objects.requireNonNull(broker);
  }

  private ChannelHandlerContext context() {
    return java.util.Objects.requireNonNull(context);
  }

  private Outgoing outgoing() {
    return java.util.Objects.requireNonNull(outgoing);
  }

  private Peer peer() {
    return java.util.Objects.requireNonNull(peer);
  }

  private PeerContext peerContext() {
    return java.util.Objects.requireNonNull(peerContext);
  }

  private ExpressionWatch watch() {
    return java.util.Objects.requireNonNull(watch);
  }

  // ---- from the channel ----

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    outgoing = new Outgoing(ctx, this::tryExecute);
    peer = Peer.of(ctx.channel());
    peerContext = new PeerContext(peer.remote());
    broker = brokerOf.apply(this);
    watch =
        new ExpressionWatch(broker.inbox(), ctx.executor(), limits.expression(), this::dropLate);
    EventLoops.after(limits.handshake(), ctx.channel(), this::closeIfStillNegotiating);
    broker.start();
    ctx.fireChannelActive();
  }

  private void closeIfStillNegotiating() {
    if (!broker().isOpen()) {
      dropLate("no dialect agreed on within " + limits.handshake().toSeconds() + " s");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    beginTurn();
    if (!unread.isEmpty() && unread.bytes() + in.readableBytes() > limits.maxUnreadBytes()) {
      drop("more than " + limits.maxUnreadBytes() + " bytes wait to be worked off");
    }
    unread.add(in);
    readOn();
  }

  /** From here to the turn's end, what is done is this connection's, and is flushed together. */
  private void beginTurn() {
    if (!inRead) {
      inRead = true;
      messagesLeft = MESSAGES_PER_TURN;
      peerContext().enter();
    }
  }

  private void endTurn() {
    inRead = false;
    outgoing().flush();
    watch().afterRead();
    peerContext().leave();
  }

  /** Gives the broker what has arrived, as long as it may have it. */
  private void readOn() {
    while (!unread.isEmpty() && messagesLeft > 0 && isReading() && fault == null) {
      ByteBuf in = unread.first();
      int before = in.readableBytes();
      try {
        broker().inbox().receive(in);
      } catch (BananaException e) {
        LOG.warn("{} broke the protocol and is disconnected: {}", remoteAddress(), e.getMessage());
        drop("the other side broke the protocol: " + e.getMessage());
      } catch (RuntimeException e) {
        exceptionCaught(context(), e);
      }
      if (fault == null) {
        unread.wasRead(before - in.readableBytes());
      }
    }
    if (fault != null) {
      unread.clear();
    }
    applyReading();
    if (messagesLeft <= 0 && !unread.isEmpty() && isReading()) {
      waitForNextTurn();
    }
  }

  /**
   * A task that is due at once is run only after the event loop has looked at its connections
   * again; one that is merely executed would be run before.
   */
  private void waitForNextTurn() {
    if (!goingOn) {
      goingOn = true;
      context().executor().schedule(this::goOnScheduled, 1, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    endTurn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    broker().writable();
    goOn();
  }

  /** Takes up reading again if it may be, but not within what called. */
  private void goOn() {
    if (inRead) {
      return; // Who reads on asks again at its end.
    }
    applyReading();
    if (isReading() && !unread.isEmpty() && !goingOn) {
      goingOn = true;
      context().executor().execute(this::goOnScheduled);
    }
  }

  private void goOnScheduled() {
    goingOn = false;
    beginTurn();
    readOn();
    endTurn();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    outgoing().abandon();
    unread.clear();
    watch().stop();
    String reason = fault == null ? "closed" : "closed: " + fault;
    ConnectionLostException why =
        new ConnectionLostException("connection to " + remoteAddress() + " " + reason);
    inContext(() -> broker().disconnected(why)).run();
    ctx.fireChannelInactive();
  }

  /** TLS can end in one direction alone, and TCP go on: an end is an end here. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
    // A decoder before us, such as that of TLS, wraps what it found.
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof ClosedChannelException) {
      return; // Something was written too late, and says nothing of why it was.
    }
    if (!(cause instanceof IOException)) {
      LOG.warn("connection to {} failed", remoteAddress(), cause);
    }
    String message = cause.getMessage();
    closeFor(message == null ? cause.toString() : message);
  }

  /** Ends a connection whose other side broke a rule or a limit, within what is read of it. */
  private void drop(String why) {
    broker().dropping(why);
    closeFor(why);
  }

  /** Ends a connection whose other side took too long for something. */
  void dropLate(String why) {
    inContext(() -> drop(why)).run();
  }

  private void closeFor(String why) {
    if (fault == null) {
      fault = why;
    }
    context().close();
  }

  // ---- from the broker ----

  @Override
  public boolean tryExecute(Runnable task) {
    try {
      EventExecutor loop = context().executor();
      loop.execute(task);
      // One that ends between its look at its own state and at its queue takes a task, and neither
      // runs nor refuses it.
      return !loop.isShutdown();
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public boolean isOwnThread() {
    return context().executor().inEventLoop();
  }

  @Override
  public boolean isConnectionThread() {
    return ConnectionThread.isCurrent();
  }

  @Override
  public ByteBuf out() {
    return outgoing().buffer();
  }

  @Override
  public void flushSoon() {
    outgoing().flushSoon(inRead);
  }

  @Override
  public void whenDrained(Runnable task) {
    outgoing().whenDrained(task);
    flushSoon();
  }

  @Override
  public void read(Reading what) {
    wanted = what;
    goOn();
  }

  @Override
  public boolean isReading() {
    Channel channel = context().channel();
    return switch (wanted) {
      case NOTHING -> false;
      case WHILE_READ -> channel.isWritable();
      case ANSWERS ->
          channel.isOpen() && unsentBytes() < broker().maxUnsentBytes() + MAX_UNSENT_BYTES;
    };
  }

  @Override
  public boolean goesOn() {
    return --messagesLeft > 0 && isReading();
  }

  /** The socket is not read while there is anything left of what was. */
  private void applyReading() {
    boolean reading = isReading() && unread.isEmpty();
    if (!reading) {
      watch().held();
    }
    context().channel().config().setAutoRead(reading);
  }

  @Override
  public long unsentBytes() {
    Channel channel = context().channel();
    if (channel.isWritable()) {
      return 0;
    }
    // On one that has been closed nothing waits, and nothing will be read any more.
    return channel.isOpen() ? Math.max(1, channel.bytesBeforeWritable()) : 1;
  }

  @Override
  public void closeAfterFlush() {
    outgoing().flush();
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    closeInTime(); // Whoever does not read would keep it open for ever.
  }

  @Override
  public void closeInTime() {
    EventLoops.after(limits.close(), context().channel(), context()::close);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Ends with the connection because the broker cancels it: to listen for the end would cost. */
  @Override
  public Timer after(Duration time, Runnable task) {
    Future<?> timer =
        context().executor().schedule(inContext(task), time.toNanos(), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public Runnable inContext(Runnable task) {
    return peerContext().around(task);
  }

  @Override
  public SocketAddress remoteAddress() {
    return peer().remote();
  }

  @Override
  public SocketAddress localAddress() {
    return peer().local();
  }

  @Override
  public boolean isSecure() {
    return peer().secure();
  }

  @Override
  public List<X509Certificate> peerCertificates() {
    return peer().certificates();
  }
}

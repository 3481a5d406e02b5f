// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.listener.nio.AbstractListener;
import org.apache.ftpserver.listener.nio.FtpHandlerAdapter;
import org.apache.ftpserver.listener.nio.FtpResponseEncoder;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolCodecFactory;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.ProtocolDecoder;
import org.apache.mina.filter.codec.ProtocolEncoder;
import org.apache.mina.filter.executor.ExecutorFilter;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * Accepts control connections.
 *
 * <p>FtpServer's own listener reads lines only after a command has ended and bounds neither their
 * number nor, but for dropping it, their length; here lines are cut and {@link ControlGuard
 * guarded} before they wait.
 */
final class FtpListener extends AbstractListener {
  /** Control connections carry little: one thread reads them all. */
  private static final int NETWORK_THREADS = 1;

  private final ControlGuard guard;
  private final VerbHandler handler;
  private @Nullable NioSocketAcceptor acceptor; // guarded by this
  private @Nullable FtpServerContext context; // guarded by this

  FtpListener(DepotAddress address, ControlGuard guard, VerbHandler handler) {
    super(
        address.bindHost(),
        address.port(),
        false,
        null,
        new DataConnectionConfigurationFactory().createDataConnectionConfiguration(),
        0,
        null);
    this.guard = guard;
    this.handler = handler;
  }

  @Override
  public synchronized void start(FtpServerContext server) {
    context = server;
    NioSocketAcceptor fresh = new NioSocketAcceptor(NETWORK_THREADS);
    fresh.setReuseAddress(true);
    // TLS goes first, when a grant asks for it: nothing after it sees the difference.
    fresh.getFilterChain().addLast("lines", new ProtocolCodecFilter(new Lines()));
    fresh.getFilterChain().addLast("guard", guard);
    fresh.getFilterChain().addLast("threads", new ExecutorFilter(server.getThreadPoolExecutor()));
    fresh.setHandler(new FtpHandlerAdapter(server, handler));
    InetSocketAddress wanted =
        getServerAddress().isEmpty()
            ? new InetSocketAddress(getPort())
            : new InetSocketAddress(getServerAddress(), getPort());
    try {
      fresh.bind(wanted);
    } catch (IOException | RuntimeException e) {
      fresh.dispose();
      throw new FtpServerConfigurationException("cannot listen on " + wanted, e);
    }
    setPort(fresh.getLocalAddress().getPort());
    acceptor = fresh;
  }

  @Override
  public synchronized void stop() {
    if (acceptor != null) {
      acceptor.unbind();
      guard.closeAll();
      acceptor.dispose(false);
      acceptor = null;
    }
  }

  @Override
  public synchronized boolean isStopped() {
    return acceptor == null;
  }

  @Override
  public void suspend() {
    throw new UnsupportedOperationException("a depot is open or closed");
  }

  @Override
  public void resume() {
    throw new UnsupportedOperationException("a depot is open or closed");
  }

  @Override
  public boolean isSuspended() {
    return false;
  }

  @Override
  public synchronized Set<FtpIoSession> getActiveSessions() {
    return acceptor == null
        ? Set.of()
        : acceptor.getManagedSessions().values().stream()
            .map(session -> new FtpIoSession(session, context))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static final class Lines implements ProtocolCodecFactory {
    private static final AttributeKey DECODER = new AttributeKey(Lines.class, "decoder");

    private final ProtocolEncoder encoder = new FtpResponseEncoder();

    @Override
    public ProtocolEncoder getEncoder(IoSession session) {
      return encoder;
    }

    /** Asked for at every read, and half a line may wait in it: kept with the session. */
    @Override
    public ProtocolDecoder getDecoder(IoSession session) {
      ProtocolDecoder known = (ProtocolDecoder) session.getAttribute(DECODER);
      if (known == null) {
        known = new CommandLines();
        session.setAttribute(DECODER, known);
      }
      return known;
    }
  }
}

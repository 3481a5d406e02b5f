// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

/**
 * What the depot knows of one control connection.
 *
 * <p>Thread: commands run one after the other and own the unmarked fields; {@link #close}, {@link
 * #reply} and the times may be used from anywhere.
 */
final class ControlConnection {
  /** Lines that may wait while a command runs; more is not how FTP is spoken. */
  private static final int MAX_WAITING_LINES = 16;

  private static final AttributeKey KEY = new AttributeKey(ControlConnection.class, "connection");

  private final IoSession session;
  private final InetAddress local;
  private final InetAddress peer;
  private final DataPath data;
  private final long openedNanos = System.nanoTime();
  private final AtomicInteger waitingLines = new AtomicInteger();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile long lastLineNanos = openedNanos;
  private volatile boolean closing;
  private volatile @Nullable Login login;

  private @Nullable String user;
  private int failedLogins;
  private long restartAt = -1;
  private boolean onlyEpsv;

  ControlConnection(IoSession session, PassivePorts ports) {
    this.session = session;
    this.local = ((InetSocketAddress) session.getLocalAddress()).getAddress();
    this.peer = ((InetSocketAddress) session.getRemoteAddress()).getAddress();
    this.data = new DataPath(ports, local, peer);
    session.setAttribute(KEY, this);
  }

  static @Nullable ControlConnection of(IoSession session) {
    return (ControlConnection) session.getAttribute(KEY);
  }

  InetAddress local() {
    return local;
  }

  InetAddress peer() {
    return peer;
  }

  DataPath data() {
    return data;
  }

  void reply(int code, String text) {
    session.write(new DefaultFtpReply(code, text));
  }

  /** Says a last word and closes once it is sent. */
  void dismiss(int code, String text) {
    if (!closing) {
      closing = true;
      reply(code, text);
      session.closeOnFlush();
    }
  }

  /** Closes control and data connection at once. */
  void close() {
    closing = true;
    data.shut();
    session.closeNow();
  }

  boolean isClosing() {
    return closing;
  }

  /** The network says that the peer is gone. */
  void left() {
    closing = true;
    gone.countDown();
    data.shut();
  }

  /** Waits, yet not for a peer that is gone. */
  void pause(long millis) throws InterruptedException {
    gone.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Notes a line; answers with whether it may wait its turn. */
  boolean mayWait() {
    lastLineNanos = System.nanoTime();
    boolean room = waitingLines.get() < MAX_WAITING_LINES; // Only the network's thread adds.
    if (room) {
      waitingLines.incrementAndGet();
    }
    return room;
  }

  void lineDone() {
    lastLineNanos = System.nanoTime(); // First: a look in between would see a long silence.
    waitingLines.decrementAndGet();
  }

  /** For how long the peer has had nothing to wait for, and has said nothing. */
  long silentNanos(long nowNanos) {
    return waitingLines.get() > 0 ? 0 : nowNanos - lastLineNanos;
  }

  long openedNanos() {
    return openedNanos;
  }

  @Nullable Login login() {
    return login;
  }

  void login(Login fresh) {
    login = fresh;
    user = null;
    fresh.bind(this::close);
  }

  @Nullable String user() {
    return user;
  }

  void user(@Nullable String name) {
    user = name;
  }

  int countFailedLogin() {
    return ++failedLogins;
  }

  void restartAt(long offset) {
    restartAt = offset;
  }

  /** The offset of a REST just before, which counts once; negative without one. */
  long takeRestart() {
    long offset = restartAt;
    restartAt = -1;
    return offset;
  }

  boolean onlyEpsv() {
    return onlyEpsv;
  }

  void demandEpsv() {
    onlyEpsv = true;
  }
}

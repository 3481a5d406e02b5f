// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection without sockets or threads: the thread that makes it is its own thread,
 * and nothing moves until somebody asks it to.
 */
public final class MemoryLink implements Link {
  private final Thread own = Thread.currentThread();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final DrivenClock clock = new DrivenClock();
  private final SocketAddress address;
  private final Broker broker;
  private final ByteBuf out = Unpooled.buffer();
  private final ByteBuf unread = Unpooled.buffer();
  private final Queue<Runnable> whenDrained = new ArrayDeque<>();
  private List<X509Certificate> certificates = List.of();
  private boolean secure = true;
  private boolean reading = true;
  private boolean closing;
  private boolean closingInTime;
  private long unsentBytes;
  private boolean endpointClosed;
  private @Nullable String end;

  /** A link with its broker, already started. */
  public MemoryLink(
      Broker.Role role, BrokerSettings settings, Map<String, ? extends Referenceable> named) {
    this(role, settings, named, "127.0.0.1");
  }

  /**
   * @param from the address that the other side comes from, in numbers
   */
  public MemoryLink(
      Broker.Role role,
      BrokerSettings settings,
      Map<String, ? extends Referenceable> named,
      String from) {
    address = new InetSocketAddress(literal(from), 1);
    broker = new Broker(this, role, settings, named);
    broker.start();
  }

  private static InetAddress literal(String numbers) {
    try {
      return InetAddress.getByName(numbers);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public Broker broker() {
    return broker;
  }

  /** Takes what the broker wants sent: it has drained then. */
  public byte[] sent() {
    byte[] bytes = ByteBufUtil.getBytes(out);
    out.clear();
    tasks.addAll(whenDrained);
    whenDrained.clear();
    return bytes;
  }

  /** Gives the broker what the other side sent; a broken rule ends the connection. */
  public void receive(byte[] bytes) {
    unread.discardReadBytes().writeBytes(bytes);
    readOn();
    runTasks();
  }

  /** The same, in one delivery or with each byte in its own. */
  public void receive(byte[] bytes, boolean byteByByte) {
    if (!byteByByte) {
      receive(bytes);
      return;
    }
    for (byte each : bytes) {
      receive(new byte[] {each});
    }
  }

  private void readOn() {
    try {
      while (end == null && reading && unread.isReadable()) {
        broker.inbox().receive(unread);
      }
    } catch (BananaException e) {
      // What is queued is dropped, as the real link does.
      out.clear();
      disconnect(e.getMessage());
    }
  }

  /** Runs what was left here by other threads, or for later; whether there was anything. */
  public boolean runTasks() {
    boolean any = false;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      any = true;
    }
    return any;
  }

  /** The connection goes, whoever is to blame. */
  public void disconnect(String why) {
    if (end == null) {
      end = why;
      broker.disconnected(new ConnectionLostException(why));
    }
  }

  /** The endpoint goes, and its threads with it: no task is taken any more. */
  public void closeEndpoint() {
    endpointClosed = true;
  }

  /** Whether the broker asked for the connection to be closed. */
  public boolean isClosing() {
    return closing;
  }

  /** Why the connection ended, or null while it stands. */
  public @Nullable String end() {
    return end;
  }

  // ---- Link ----

  @Override
  public boolean tryExecute(Runnable task) {
    return !endpointClosed && tasks.add(task);
  }

  @Override
  public boolean isOwnThread() {
    return Thread.currentThread() == own;
  }

  @Override
  public ByteBuf out() {
    return out;
  }

  @Override
  public void flushSoon() {}

  @Override
  public void whenDrained(Runnable task) {
    (out.isReadable() ? whenDrained : tasks).add(task);
  }

  @Override
  public void read(Reading what) {
    reading = what != Reading.NOTHING;
    if (reading) {
      tasks.add(this::readOn);
    }
  }

  @Override
  public boolean isReading() {
    return reading;
  }

  @Override
  public void closeAfterFlush() {
    closing = true;
  }

  @Override
  public long unsentBytes() {
    return unsentBytes;
  }

  @Override
  public void closeInTime() {
    closingInTime = true;
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Timer after(Duration time, Runnable task) {
    return clock.after(time, task);
  }

  /** The time that passes here. */
  public DrivenClock clock() {
    return clock;
  }

  /** Lets the other side seem to have left so much unread. */
  public void unsentBytes(long bytes) {
    unsentBytes = bytes;
    if (bytes == 0) {
      broker.writable();
    }
  }

  /** Whether the broker asked for an end that is not at once. */
  public boolean isClosingInTime() {
    return closingInTime;
  }

  @Override
  public SocketAddress remoteAddress() {
    return address;
  }

  @Override
  public SocketAddress localAddress() {
    return address;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  /** From now on others can read along. */
  public void exposed() {
    secure = false;
  }

  @Override
  public List<X509Certificate> peerCertificates() {
    return certificates;
  }

  /** What the other side shall have shown. */
  public void peerCertificates(List<X509Certificate> shown) {
    certificates = shown;
  }
}

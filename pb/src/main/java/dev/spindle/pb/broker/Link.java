// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/** What a broker needs of the connection beneath it. */
public interface Link {

  /**
   * Runs a task on the own thread; false when the endpoint was closed and has none any more. The
   * task has then most likely not run, and will not: the connection is gone in any case.
   */
  boolean tryExecute(Runnable task);

  /** Whether the caller is on the thread that owns the connection. */
  boolean isOwnThread();

  /** Whether the caller is on a thread that owns connections: this one, or another. Thread: any. */
  default boolean isConnectionThread() {
    return isOwnThread();
  }

  /**
   * The buffer that goes out next; messages are appended to it. Only on the own thread, and only
   * until the next call of anything here.
   */
  ByteBuf out();

  /** Sends what is in {@link #out} before the thread rests. Cheap to call often. */
  void flushSoon();

  /**
   * Runs a task once the network has taken all that is in {@link #out} and what went before; never
   * within this call, and not at all when the connection ends before.
   */
  void whenDrained(Runnable task);

  /** Whether more messages may be carried out now, by what was last said to {@link #read}. */
  boolean isReading();

  /**
   * Asked after each message that was carried out: whether the next may follow at once, or has to
   * wait until others that share the thread had their turn.
   */
  default boolean goesOn() {
    return isReading();
  }

  /** Says from now on what is read. */
  void read(Reading what);

  /** When to read from the other side. */
  enum Reading {
    /** Nothing. */
    NOTHING,
    /**
     * While the other side reads what we send: its calls make answers, which would pile up here.
     */
    WHILE_READ,
    /**
     * Although it does not read, within a bound: it owes us answers, and may itself be waiting for
     * us to read.
     */
    ANSWERS
  }

  /**
   * How many bytes wait for the other side to read, as far as it has fallen behind: 0 while it has
   * not.
   */
  long unsentBytes();

  /** Sends what is in {@link #out} and closes. */
  void closeAfterFlush();

  /** Closes when the time that closing may take is over. */
  void closeInTime();

  /** The link's clock, for differences, as {@link System#nanoTime}. Thread: any. */
  long nanoTime();

  /** Runs a task on the own thread after a time. Only on the own thread. */
  Timer after(Duration time, Runnable task);

  /** Something that is to happen later. */
  interface Timer {
    /** Lets it not happen. Only on the link's thread. */
    void cancel();
  }

  /** A task of this connection's for another thread, such that what it logs says whose it is. */
  default Runnable inContext(Runnable task) {
    return task;
  }

  SocketAddress remoteAddress();

  SocketAddress localAddress();

  /** Whether nobody else can read along. */
  boolean isSecure();

  /** What the other side proved to own, its own certificate first; often none. */
  List<X509Certificate> peerCertificates();
}

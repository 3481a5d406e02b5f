// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;

/** What a broker needs of the connection beneath it. */
public interface Link {

  /** Runs a task on the own thread; false when the endpoint was closed and has none any more. */
  boolean tryExecute(Runnable task);

  /** Whether the caller is on the thread that owns the connection. */
  boolean isOwnThread();

  /**
   * The buffer that goes out next; messages are appended to it. Only on the own thread, and only
   * until the next call of anything here.
   */
  ByteBuf out();

  /** Sends what is in {@link #out} before the thread rests. Cheap to call often. */
  void flushSoon();

  /**
   * Whether more messages may be carried out now: neither were we told to stop reading nor does the
   * other side leave what we send unread.
   */
  boolean isReading();

  /** Stops or resumes reading from the other side. */
  void reading(boolean wanted);

  /** Sends what is in {@link #out} and closes. */
  void closeAfterFlush();

  SocketAddress remoteAddress();

  SocketAddress localAddress();
}

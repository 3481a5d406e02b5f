// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to the socket: they gather in one buffer and are written together.
 *
 * <p>Thread: the connection's.
 */
final class Outgoing {
  private static final int LEAST_BUFFER_BYTES = 256;

  /** Written out without waiting for more, so that memory does not grow with what is made. */
  private static final int FULL_BYTES = 256 * 1024;

  private final ChannelHandlerContext context;
  private final Executor later;

  /** What waits for the network to take everything in {@link #buffer}. */
  private final List<Runnable> whenDrained = new ArrayList<>(0);

  private @Nullable ByteBuf buffer;

  /** As much as was written at once the last time, within reason: to grow is to copy. */
  private int expectedBytes;

  private boolean flushScheduled;

  /**
   * @param later runs what is told, on the connection's thread
   */
  Outgoing(ChannelHandlerContext context, Executor later) {
    this.context = context;
    this.later = later;
  }

  /** The buffer that messages are appended to, until the next call of anything here. */
  ByteBuf buffer() {
    ByteBuf current = buffer;
    if (current == null) {
      current = context.alloc().buffer(Math.max(LEAST_BUFFER_BYTES, expectedBytes));
      buffer = current;
    }
    return current;
  }

  /**
   * Sends what has gathered before the thread rests.
   *
   * @param isInTurn whether somebody flushes at the end of what the thread is doing
   */
  void flushSoon(boolean isInTurn) {
    if (buffer != null && buffer.readableBytes() >= FULL_BYTES) {
      flush();
    } else if (!isInTurn && !flushScheduled) {
      flushScheduled = true;
      context.executor().execute(this::flushScheduled);
    }
  }

  private void flushScheduled() {
    flushScheduled = false;
    flush();
  }

  void flush() {
    ByteBuf full = buffer;
    if (!whenDrained.isEmpty()) {
      flushAndTell();
    } else if (full != null && full.isReadable()) {
      context.writeAndFlush(taken(full), context.voidPromise());
    }
  }

  private ByteBuf taken(ByteBuf full) {
    buffer = null;
    expectedBytes = Math.min(full.readableBytes(), FULL_BYTES);
    return full;
  }

  /** Also with nothing to send: what was sent before may still be on its way. */
  private void flushAndTell() {
    List<Runnable> told = List.copyOf(whenDrained);
    whenDrained.clear();
    context
        .writeAndFlush(buffer == null ? Unpooled.EMPTY_BUFFER : taken(buffer))
        .addListener(
            written -> {
              if (written.isSuccess()) {
                told.forEach(later::execute);
              }
            });
  }

  /** Runs a task once the network has taken all there is by then. Flushes nothing. */
  void whenDrained(Runnable task) {
    whenDrained.add(task);
  }

  /** The connection has ended. */
  void abandon() {
    ByteBuf unsent = buffer;
    if (unsent != null) {
      buffer = null;
      unsent.release();
    }
    whenDrained.clear();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** Writes pages where that may block: in order, by threads that are there for it. */
final class BlockingSink implements PageSink<Long> {
  private final PageOutput output;

  /** Held while writing or closing, so that closing waits for the page that is being written. */
  private final ReentrantLock turn = new ReentrantLock();

  /** Whether the transfer has failed: seen between two pages. */
  private volatile boolean stopped;

  // Guarded by turn.
  private boolean closed;
  private long written;

  BlockingSink(PageOutput output) {
    this.output = output;
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  @Override
  public CompletionStage<?> take(List<ByteString> pages, Executor blocking) {
    return inTurn(() -> write(pages), blocking);
  }

  private long write(List<ByteString> pages) throws Exception {
    for (ByteString page : pages) {
      refuseWhenStopped();
      output.write(page);
      written += page.size();
    }
    return written;
  }

  @Override
  public CompletionStage<Long> ended(Executor blocking) {
    return inTurn(
        () -> {
          refuseWhenStopped();
          output.close();
          closed = true;
          return written;
        },
        blocking);
  }

  private void refuseWhenStopped() {
    if (stopped) {
      throw new CancellationException("the transfer was given up");
    }
  }

  private <T> CompletionStage<T> inTurn(Work<T> work, Executor blocking) {
    return CompletableFuture.supplyAsync(() -> locked(work), blocking);
  }

  private <T> T locked(Work<T> work) {
    turn.lock();
    try {
      return work.run();
    } catch (Exception e) {
      throw new CompletionException(e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void abort(Throwable why) {
    stopped = true;
    locked(this::abortUnlessClosed);
  }

  private long abortUnlessClosed() throws Exception {
    if (!closed) {
      closed = true;
      output.abort();
    }
    return written;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Turns a reader that blocks into a source: a thread reads some pages in advance, so that the disk
 * and the network work at the same time and a thread is not called for each page.
 */
final class ReadAhead implements PageSource {
  /**
   * Most bytes read and not yet asked for, but for the last page. At half of it reading goes on.
   */
  static final int MAX_BYTES = 1 << 20;

  /** A page, the end (null), or why there is neither. */
  private record Read(byte @Nullable [] page, @Nullable Throwable failure) {
    boolean isLast() {
      return page == null;
    }

    int size() {
      return page == null ? 0 : page.length;
    }
  }

  private final PageReader reader;

  // Guarded by this.
  private final Deque<Read> ready = new ArrayDeque<>();
  private long readyBytes;
  private boolean reading;
  private boolean over;
  private @Nullable CompletableFuture<byte @Nullable []> asked;

  ReadAhead(PageReader reader) {
    this.reader = reader;
  }

  @Override
  public CompletionStage<byte @Nullable []> next(Executor blocking) {
    CompletableFuture<byte @Nullable []> page = new CompletableFuture<>();
    Read read;
    boolean begin;
    synchronized (this) {
      read = ready.poll();
      if (read == null) {
        asked = page;
      } else {
        readyBytes -= read.size();
      }
      begin = !reading && !over && readyBytes <= MAX_BYTES / 2;
      reading |= begin;
    }
    if (begin) {
      blocking.execute(this::readOn);
    }
    if (read != null) {
      complete(page, read);
    }
    return page;
  }

  private void readOn() {
    boolean more = true;
    while (more) {
      more = deliver(readOne());
    }
  }

  private Read readOne() {
    try {
      return new Read(reader.read(), null);
    } catch (Throwable e) {
      return new Read(null, e);
    }
  }

  /** Gives a page to who waits for it, or keeps it; whether there is room for more. */
  private boolean deliver(Read read) {
    CompletableFuture<byte @Nullable []> waiting;
    boolean more;
    synchronized (this) {
      waiting = asked;
      asked = null;
      if (waiting == null) {
        ready.add(read);
        readyBytes += read.size();
      }
      over |= read.isLast();
      more = !over && readyBytes < MAX_BYTES;
      reading = more;
    }
    if (waiting != null) {
      complete(waiting, read);
    }
    return more;
  }

  private static void complete(CompletableFuture<byte @Nullable []> page, Read read) {
    if (read.failure() != null) {
      page.completeExceptionally(read.failure());
    } else {
      page.complete(read.page());
    }
  }

  @Override
  public void close() throws Exception {
    synchronized (this) {
      over = true;
      ready.clear();
      readyBytes = 0;
    }
    reader.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gives pages to a subscriber as it requests them.
 *
 * <p>Whatever changes something calls {@link #goOn}; of the threads that do, one at a time signals
 * the subscriber, until there is nothing more to say.
 */
final class SubscriberSink implements PageSink<@Nullable Void>, Flow.Subscription {
  private final Flow.Subscriber<? super ByteBuffer> subscriber;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  // Guarded by this.
  private final Deque<ByteString> pages = new ArrayDeque<>();
  private long requested;
  private boolean signalling;
  private boolean complete;
  private boolean over;
  private @Nullable Throwable failure;
  private @Nullable CompletableFuture<@Nullable Void> taken;
  private Executor blocking = Runnable::run;

  SubscriberSink(Flow.Subscriber<? super ByteBuffer> subscriber) {
    this.subscriber = subscriber;
  }

  // ---- from the collector ----

  @Override
  public CompletionStage<?> take(List<ByteString> more, Executor threads) {
    CompletableFuture<@Nullable Void> stage = new CompletableFuture<>();
    synchronized (this) {
      if (over) {
        return CompletableFuture.failedFuture(java.util.Objects.requireNonNull(failure));
      }
      blocking = threads;
      pages.addAll(more);
      taken = stage;
    }
    goOn();
    return stage;
  }

  @Override
  public CompletionStage<@Nullable Void> ended(Executor threads) {
    synchronized (this) {
      if (over) {
        return CompletableFuture.failedFuture(java.util.Objects.requireNonNull(failure));
      }
      blocking = threads;
      complete = true;
    }
    goOn();
    return ended;
  }

  @Override
  public void abort(Throwable why) {
    fail(why);
  }

  // ---- from the subscriber ----

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("request(" + n + "): expected a positive number"));
      return;
    }
    synchronized (this) {
      requested = requested + n < 0 ? Long.MAX_VALUE : requested + n;
    }
    goOn();
  }

  @Override
  public void cancel() {
    stop(new CancellationException("the subscriber cancelled"));
  }

  /** Says nothing more to the subscriber. */
  private void stop(Throwable why) {
    CompletableFuture<@Nullable Void> waiting;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      failure = failure == null ? why : failure;
      pages.clear();
      waiting = taken;
    }
    if (waiting != null) {
      waiting.completeExceptionally(why);
    }
    ended.completeExceptionally(why);
  }

  private void fail(Throwable why) {
    synchronized (this) {
      failure = failure == null ? why : failure;
      pages.clear();
    }
    goOn();
  }

  // ---- signals ----

  private void goOn() {
    Executor threads;
    synchronized (this) {
      if (signalling || over) {
        return;
      }
      signalling = true;
      threads = blocking;
    }
    threads.execute(this::signal);
  }

  private void signal() {
    try {
      for (Runnable signal = next(); signal != null; signal = next()) {
        signal.run();
      }
    } catch (Throwable e) {
      stop(e);
      ended.completeExceptionally(e);
    }
  }

  /** What is to be said now, or null; then nobody is signalling any more. */
  private synchronized @Nullable Runnable next() {
    if (over) {
      signalling = false;
      return null;
    }
    Throwable error = failure;
    if (error != null) {
      return () -> {
        stop(error);
        subscriber.onError(error);
      };
    }
    if (!pages.isEmpty() && requested > 0) {
      requested -= requested == Long.MAX_VALUE ? 0 : 1;
      ByteBuffer page = pages.remove().asByteBuffer();
      return () -> subscriber.onNext(page);
    }
    CompletableFuture<@Nullable Void> emptied = taken;
    if (pages.isEmpty() && emptied != null) {
      taken = null;
      return () -> emptied.complete(null);
    }
    if (complete && pages.isEmpty()) {
      over = true;
      return () -> {
        subscriber.onComplete();
        ended.complete(null);
      };
    }
    signalling = false;
    return null;
  }
}

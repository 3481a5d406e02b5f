// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.broker.RemoteReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many calls in flight for so long, each answer making the next call.
 *
 * <p>Thread: the connection's, but for {@link #run}.
 */
final class Flight {
  private final RemoteReference root;
  private final Object payload;
  private final long nanos;
  private final CompletableFuture<Double> done = new CompletableFuture<>();
  private int open;
  private long begin;
  private long answered;

  Flight(RemoteReference root, Object payload, int inFlight, long millis) {
    this.root = root;
    this.payload = payload;
    this.open = inFlight;
    this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Flies until the last call is answered; tells how many were, per second. */
  double run() {
    root.call("echo", payload).whenComplete((value, error) -> start(error));
    return done.join();
  }

  private void start(@Nullable Throwable error) {
    if (error != null) {
      done.completeExceptionally(error);
      return;
    }
    begin = System.nanoTime();
    for (int i = open; i > 0; i--) {
      call();
    }
  }

  private void call() {
    root.call("echo", payload).whenComplete(this::next);
  }

  private void next(@Nullable Object value, @Nullable Throwable error) {
    if (error != null) {
      done.completeExceptionally(error);
      return;
    }
    answered++;
    long flown = System.nanoTime() - begin;
    if (flown < nanos) {
      call();
    } else if (--open == 0) {
      done.complete(answered / (flown / 1e9));
    }
  }
}

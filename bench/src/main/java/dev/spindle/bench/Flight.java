// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many calls in flight for so long, each answer making the next call.
 *
 * <p>Thread: the connection's, but for {@link #run}.
 */
final class Flight {
  private final Echo echo;
  private final Object form;
  private final long nanos;
  private final CompletableFuture<Landed> done = new CompletableFuture<>();
  private int open;
  private long begin;
  private long answered;

  /**
   * What came of it.
   *
   * @param calls that were answered
   * @param seconds from the first call to the last answer
   */
  record Landed(long calls, double seconds) {}

  Flight(Echo echo, Object form, int inFlight, long millis) {
    this.echo = echo;
    this.form = form;
    this.open = inFlight;
    this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * Flies until the last call is answered.
   *
   * @throws IllegalStateException when the server does not echo
   */
  Landed run() {
    echo.call(form, this::start);
    return done.join();
  }

  private void start(@Nullable Object value, @Nullable Throwable error) {
    if (error == null && !echo.isSame(form, value)) {
      done.completeExceptionally(new IllegalStateException("echoed " + value + " for " + form));
    } else if (error != null) {
      done.completeExceptionally(error);
    } else {
      begin = System.nanoTime();
      for (int i = open; i > 0; i--) {
        echo.call(form, this::next);
      }
    }
  }

  private void next(@Nullable Object value, @Nullable Throwable error) {
    if (error != null) {
      done.completeExceptionally(error);
      return;
    }
    answered++;
    long flown = System.nanoTime() - begin;
    if (flown < nanos) {
      echo.call(form, this::next);
    } else if (--open == 0) {
      done.complete(new Landed(answered, flown / 1e9));
    }
  }
}

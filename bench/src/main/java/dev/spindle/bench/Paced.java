// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes calls at a steady rate, whether or not those before were answered, and measures how long
 * each takes to be.
 */
final class Paced {
  private final Echo echo;
  private final Object form;
  private final long gapNanos;
  private final long[] taken;
  private final CountDownLatch unanswered;

  Paced(Echo echo, int rate, int millis) {
    this.echo = echo;
    this.form = echo.formOf(Payload.INT);
    this.gapNanos = TimeUnit.SECONDS.toNanos(1) / rate;
    this.taken = new long[(int) ((long) rate * millis / 1000)];
    this.unanswered = new CountDownLatch(taken.length);
  }

  /** Calls until the time is over and all are answered; tells how many were, per second. */
  double run() {
    long begin = System.nanoTime();
    for (int i = 0; i < taken.length; i++) {
      waitUntil(begin + i * gapNanos);
      call(i);
    }
    try {
      unanswered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return taken.length / ((System.nanoTime() - begin) / 1e9);
  }

  private static void waitUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void call(int i) {
    long made = System.nanoTime();
    echo.call(
        form,
        (value, error) -> {
          taken[i] = error == null ? System.nanoTime() - made : Long.MAX_VALUE;
          unanswered.countDown();
        });
  }

  /** What this share of the calls took at most. */
  double micros(double share) {
    long[] sorted = taken.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
  }
}

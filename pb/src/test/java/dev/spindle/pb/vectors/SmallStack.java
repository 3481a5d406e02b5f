// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.vectors;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs on three quarters of the stack that a JVM gives its threads by default. */
public final class SmallStack {
  private static final int BYTES = 768 * 1024;
  private static final int LONGEST_SECONDS = 15;

  private SmallStack() {}

  public static <T> T run(Callable<T> task) throws Exception {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            outcome.complete(task.call());
          } catch (Throwable e) {
            outcome.completeExceptionally(e);
          }
        };
    new Thread(null, run, "small stack", BYTES).start();
    return outcome.get(LONGEST_SECONDS, TimeUnit.SECONDS);
  }
}

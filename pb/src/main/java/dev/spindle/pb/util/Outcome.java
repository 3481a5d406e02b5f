// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.broker.Traffic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How a transfer comes out. Refuses to be waited for by the thread that carries the transfer. */
final class Outcome<T extends @Nullable Object> extends CompletableFuture<T> {
  private volatile @Nullable Traffic traffic;

  /** Says which connection it is about, once that is known. */
  void isOf(Traffic its) {
    traffic = its;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    refuseWaitingForever();
    return super.get();
  }

  @Override
  public T join() {
    refuseWaitingForever();
    return super.join();
  }

  private void refuseWaitingForever() {
    Traffic its = traffic;
    if (its != null && !isDone() && its.isOwnThread()) {
      throw new IllegalStateException(
          "waiting for a transfer on the thread that carries it: chain on the future, or mark the"
              + " calling method @Exposed(blocking = true)");
    }
  }
}

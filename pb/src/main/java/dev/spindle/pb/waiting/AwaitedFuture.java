// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.waiting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that completes on a thread that reads answers. Waiting for it there could never end, nor
 * on another such thread if that one waits for this: on all of them it throws.
 */
public abstract class AwaitedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  /** What is being waited for, in the words of an error. */
  protected abstract String awaited();

  /** Whether the caller is on a thread that reads answers. */
  protected abstract boolean isConnectionThread();

  /** For what is chained to it, the same holds. */
  @Override
  public abstract <U> CompletableFuture<U> newIncompleteFuture();

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    refuseWaitingForever();
    return super.get();
  }

  @Override
  public final T join() {
    refuseWaitingForever();
    return super.join();
  }

  @Override
  public final T get(long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    refuseWaitingForever();
    return super.get(time, unit);
  }

  private void refuseWaitingForever() {
    if (!isDone() && isConnectionThread()) {
      throw new IllegalStateException(
          "waiting for "
              + awaited()
              + " on a thread that reads answers: chain on the future, or mark the calling method"
              + " @Exposed(blocking = true)");
    }
  }
}

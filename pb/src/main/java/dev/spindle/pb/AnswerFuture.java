// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that completes on a {@link ConnectionThread}. To wait for it on such a thread throws,
 * and so it does for what is chained to it.
 */
class AnswerFuture<T extends @Nullable Object> extends CompletableFuture<T> {
  private final String awaited;

  /**
   * @param awaited what is being waited for, in the words of an error
   */
  AnswerFuture(String awaited) {
    this.awaited = awaited;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new AnswerFuture<>("what follows on " + awaited);
  }

  @Override
  public T join() {
    refuseWaitingForever();
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    refuseWaitingForever();
    return super.get();
  }

  @Override
  public T get(long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    refuseWaitingForever();
    return super.get(time, unit);
  }

  private void refuseWaitingForever() {
    if (!isDone() && ConnectionThread.isCurrent()) {
      throw new IllegalStateException(
          "waiting for "
              + awaited
              + " on a thread that reads answers: chain on the future, or mark the calling method"
              + " @Exposed(blocking = true)");
    }
  }
}

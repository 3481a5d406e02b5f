// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.waiting.AwaitedFuture;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A future that completes on a {@link ConnectionThread}, of whichever connection. */
class AnswerFuture<T extends @Nullable Object> extends AwaitedFuture<T> {
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
  protected String awaited() {
    return awaited;
  }

  @Override
  protected boolean isConnectionThread() {
    return ConnectionThread.isCurrent();
  }
}

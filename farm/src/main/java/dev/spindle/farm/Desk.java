// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from any thread onto the farm's loop, and the list of answers that the farm still owes.
 *
 * <p>Thread: {@link #ask} and {@link #post} any, all else the loop.
 */
final class Desk {
  private static final Logger log = LoggerFactory.getLogger(Desk.class);

  private final FarmLoop loop;
  private final Set<CompletableFuture<?>> owed = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  Desk(FarmLoop loop) {
    this.loop = loop;
  }

  /**
   * Asks on the loop, and answers on it. Fails with {@link FarmException} and nothing else; every
   * question is answered at the latest when the desk closes.
   *
   * @param question its stage must complete on the loop
   */
  <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
    var answer = new CompletableFuture<T>();
    try {
      loop.execute(() -> put(question, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(ending());
    }
    return answer;
  }

  private <T> void put(Supplier<CompletionStage<T>> question, CompletableFuture<T> answer) {
    if (closed) {
      answer.completeExceptionally(ending());
      return;
    }
    owed.add(answer);
    attempt(question)
        .whenComplete(
            (value, error) -> {
              owed.remove(answer);
              settle(answer, value, error == null ? null : refusal(error));
            });
  }

  private static FarmException refusal(Throwable error) {
    Throwable cause = cause(error);
    if (cause instanceof FarmException known) {
      return known;
    }
    log.error("the farm could not answer", cause);
    return new FarmException(
        FarmException.Code.UNAVAILABLE, "the farm could not answer: " + cause, cause);
  }

  /** Runs a task on the loop, unless the farm has ended. */
  void post(Runnable task) {
    try {
      loop.execute(() -> runOpen(task));
    } catch (RejectedExecutionException e) {
      // The loop has ended, and what the task is about with it.
      return;
    }
  }

  FarmLoop.Cancellable after(Duration delay, Runnable task) {
    return loop.schedule(delay, () -> runOpen(task));
  }

  private void runOpen(Runnable task) {
    if (!closed) {
      task.run();
    }
  }

  /** The same outcome on the loop; never, once the farm has ended. */
  <T> CompletableFuture<T> onLoop(CompletionStage<T> stage) {
    var here = new CompletableFuture<T>();
    stage.whenComplete((value, error) -> post(() -> settle(here, value, error)));
    return here;
  }

  /** The same outcome on the loop, or a failure once the limit has passed. */
  <T> CompletionStage<T> onLoop(
      CompletionStage<T> stage, Duration limit, Supplier<FarmException> late) {
    CompletableFuture<T> here = onLoop(stage);
    FarmLoop.Cancellable timer = after(limit, () -> here.completeExceptionally(late.get()));
    here.whenComplete((value, error) -> timer.cancel());
    return here;
  }

  /** A supplier's stage, also when it throws instead. */
  static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> supplier) {
    try {
      return supplier.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** What went wrong, without the wrapping that chained stages put around it. */
  static Throwable cause(Throwable error) {
    Throwable inner = error.getCause();
    return error instanceof CompletionException && inner != null ? inner : error;
  }

  static <T> void settle(CompletableFuture<T> stage, @Nullable T value, @Nullable Throwable error) {
    if (error != null) {
      stage.completeExceptionally(cause(error));
    } else {
      stage.complete(value);
    }
  }

  /** Fails every answer that is still owed, and takes no more questions. */
  void close() {
    closed = true;
    List.copyOf(owed).forEach(answer -> answer.completeExceptionally(ending()));
    owed.clear();
  }

  private static FarmException ending() {
    return new FarmException(FarmException.Code.UNAVAILABLE, "the controller is ending");
  }
}

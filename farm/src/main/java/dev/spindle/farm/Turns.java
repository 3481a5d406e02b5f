// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one change of a job at a time wait for the disk. What arrives meanwhile waits for its turn
 * and then judges the job as it has become, so that nothing is ever decided on a state that may not
 * last. On the loop only.
 */
final class Turns {
  private final Runnable onChange;
  private @Nullable Queue<Supplier<CompletionStage<?>>> waiting;
  private boolean taken;

  /**
   * @param onChange told when the first turn of a row begins and when the last has ended
   */
  Turns(Runnable onChange) {
    this.onChange = onChange;
  }

  /** Whether some change is under way. */
  boolean taken() {
    return taken;
  }

  /** How many wait behind it. */
  int waiting() {
    return waiting == null ? 0 : waiting.size();
  }

  /** Takes a turn now or as soon as it comes. */
  <T> CompletionStage<T> take(Supplier<CompletionStage<T>> change) {
    var outcome = new CompletableFuture<T>();
    Supplier<CompletionStage<?>> turn =
        () ->
            Desk.attempt(change).whenComplete((value, error) -> Desk.settle(outcome, value, error));
    if (taken) {
      if (waiting == null) {
        waiting = new ArrayDeque<>();
      }
      waiting.add(turn);
    } else {
      taken = true;
      onChange.run();
      run(turn);
    }
    return outcome;
  }

  private void run(Supplier<CompletionStage<?>> first) {
    Supplier<CompletionStage<?>> turn = first;
    while (turn != null) {
      CompletableFuture<?> end = turn.get().toCompletableFuture();
      if (!end.isDone()) {
        end.whenComplete((value, error) -> runNext());
        return;
      }
      turn = next();
    }
  }

  private void runNext() {
    Supplier<CompletionStage<?>> turn = next();
    if (turn != null) {
      run(turn);
    }
  }

  private @Nullable Supplier<CompletionStage<?>> next() {
    Supplier<CompletionStage<?>> turn = waiting == null ? null : waiting.poll();
    if (turn == null) {
      taken = false;
      onChange.run();
    }
    return turn;
  }
}

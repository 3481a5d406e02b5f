// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.farm.FarmException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a store's answers, but not for ever. */
final class Stages {
  private static final long LIMIT_SECONDS = 30;

  private Stages() {}

  /** The answer; a {@link FarmException} when that is how the stage ended. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FarmException farm) {
        throw farm;
      }
      throw new AssertionError("a stage fails with a FarmException alone", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("the stage has not ended", e);
    }
  }

  static FarmException failure(CompletionStage<?> stage) {
    return catchThrowableOfType(FarmException.class, () -> await(stage));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.FarmException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What a stage of the farm failed with. */
final class TestFailures {
  private TestFailures() {}

  static FarmException of(CompletionStage<?> stage) {
    try {
      throw new AssertionError("expected a failure, got " + stage.toCompletableFuture().join());
    } catch (CompletionException e) {
      return (FarmException) e.getCause();
    }
  }
}

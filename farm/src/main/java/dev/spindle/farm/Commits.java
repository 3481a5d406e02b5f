// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store as the loop uses it: outcomes arrive on the loop, and a failure is a {@link
 * FarmException} that says so. Logs when the store begins to fail and when it works again.
 */
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);

  private final JobStore store;
  private final Desk desk;
  private boolean failing;

  Commits(JobStore store, Desk desk) {
    this.store = store;
    this.desk = desk;
  }

  CompletionStage<Void> commit(StoreChange change) {
    var outcome = new CompletableFuture<Void>();
    desk.onLoop(Desk.attempt(() -> store.commit(List.of(change))))
        .whenComplete(
            (done, error) -> {
              note(error);
              Desk.settle(outcome, done, error == null ? null : failed(error));
            });
    return outcome;
  }

  private void note(@Nullable Throwable error) {
    if (error != null && !failing) {
      log.error("the store fails; nothing is acknowledged until it works again", error);
    } else if (error == null && failing) {
      log.info("the store works again");
    }
    failing = error != null;
  }

  private static FarmException failed(Throwable error) {
    return new FarmException(
        FarmException.Code.UNAVAILABLE,
        "the store could not write, so nothing was changed: " + Desk.cause(error).getMessage(),
        error);
  }
}

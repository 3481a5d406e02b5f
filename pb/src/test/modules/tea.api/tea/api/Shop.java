// SPDX-License-Identifier: Apache-2.0
package tea.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What both ends agree on. */
public interface Shop {
  CompletionStage<List<Item>> find(Order order);

  /** A reference to what has no interface. */
  Object counter();

  /** Runs at the caller's. */
  default String firstOf(Order order) {
    return find(order).toCompletableFuture().join().get(0).name();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a server of these tests can do. */
final class Desk implements Referenceable {
  static final int PAGE_BYTES = 500_000;

  final AtomicInteger pages = new AtomicInteger();
  final CompletableFuture<Object> never = new CompletableFuture<>();

  @Exposed
  @Nullable Object echo(@Nullable Object value) {
    return value;
  }

  @Exposed
  CompletionStage<Object> never() {
    return never;
  }

  @Exposed
  ByteString page() {
    pages.incrementAndGet();
    return ByteString.copyOf(new byte[PAGE_BYTES]);
  }

  @Exposed
  int countPages() {
    return pages.get();
  }
}

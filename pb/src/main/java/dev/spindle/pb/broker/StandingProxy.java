// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An interface over what outlives connections. Thread: any. */
final class StandingProxy extends ProxyTarget {
  private final StandingTarget target;

  StandingProxy(RemoteInterface face, StandingTarget target) {
    super(face, target);
    this.target = target;
  }

  @Override
  CompletableFuture<@Nullable Object> begin(
      TypedMethod method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords) {
    return target.call(
        method.wireName().utf8(), reference -> method.begin(reference, args, keywords));
  }

  @Override
  boolean isConnectionThread() {
    return target.isConnectionThread();
  }

  /** Whoever made the target ends it, and not one of those who call. */
  @Override
  void close() {}
}

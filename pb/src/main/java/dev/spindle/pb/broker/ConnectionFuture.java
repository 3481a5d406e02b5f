// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.waiting.AwaitedFuture;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A future that completes on its connection's thread. */
abstract class ConnectionFuture<T extends @Nullable Object> extends AwaitedFuture<T> {
  final Broker broker;

  ConnectionFuture(Broker broker) {
    this.broker = broker;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new FollowUp<>(broker);
  }

  @Override
  protected boolean isConnectionThread() {
    return broker.isConnectionThread();
  }

  /** What follows on a call. Keeps nothing of the call itself: its answer may be large. */
  private static final class FollowUp<T extends @Nullable Object> extends ConnectionFuture<T> {
    FollowUp(Broker broker) {
      super(broker);
    }

    @Override
    protected String awaited() {
      return "what follows on an answer of " + broker.remoteAddress();
    }
  }
}

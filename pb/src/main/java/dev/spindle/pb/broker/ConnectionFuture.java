// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that completes on its connection's thread. Waiting for it there could never end, on
 * another connection's thread neither if that one waits for this, and so throws on all of them;
 * that holds for what is chained to it, too.
 */
abstract class ConnectionFuture<T> extends CompletableFuture<T> {
  final Broker broker;

  ConnectionFuture(Broker broker) {
    this.broker = broker;
  }

  /** What is being waited for, in the words of an error. */
  abstract String awaited();

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new FollowUp<>(broker);
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    refuseWaitingForever();
    return super.get();
  }

  @Override
  public T join() {
    refuseWaitingForever();
    return super.join();
  }

  @Override
  public T get(long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    refuseWaitingForever();
    return super.get(time, unit);
  }

  private void refuseWaitingForever() {
    if (!isDone() && broker.isConnectionThread()) {
      throw new IllegalStateException(
          "waiting for "
              + awaited()
              + " on a thread that reads answers: chain on the future, or mark the calling method"
              + " @Exposed(blocking = true)");
    }
  }

  /** What follows on a call. Keeps nothing of the call itself: its answer may be large. */
  private static final class FollowUp<T> extends ConnectionFuture<T> {
    FollowUp(Broker broker) {
      super(broker);
    }

    @Override
    String awaited() {
      return "what follows on an answer of " + broker.remoteAddress();
    }
  }
}

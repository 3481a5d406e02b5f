// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.broker.PbListener.CallEnd;
import dev.spindle.pb.broker.PbListener.Outcome;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One call while somebody listens; there is none otherwise. Told to have ended once. */
final class ObservedCall {
  private final PbListener listener;
  private final PbConnection connection;
  private final Link link;
  private final PbListener.Call call;
  private final long begun;
  private boolean ended;

  long requestBytes;
  long answerBytes;

  ObservedCall(
      PbListener listener, PbConnection connection, Link link, PbListener.Call call, long bytes) {
    this.listener = listener;
    this.connection = connection;
    this.link = link;
    this.call = call;
    this.requestBytes = bytes;
    this.begun = link.nanoTime();
    listener.callStarted(connection, call);
  }

  void ended(Outcome outcome, @Nullable Throwable error) {
    if (!ended) {
      ended = true;
      Duration duration = Duration.ofNanos(link.nanoTime() - begun);
      listener.callEnded(
          connection, call, new CallEnd(outcome, duration, requestBytes, answerBytes, error));
    }
  }

  /** One of ours ended with this, or with a value that was not the other side's: null. */
  void failed(@Nullable Throwable error) {
    ended(outcomeOf(error), error);
  }

  private static Outcome outcomeOf(@Nullable Throwable error) {
    if (error instanceof RemoteException) {
      return Outcome.FAILED;
    }
    if (error instanceof DeadlineExceededException) {
      return Outcome.DEADLINE_EXCEEDED;
    }
    if (error instanceof ConnectionLostException) {
      return Outcome.LOST;
    }
    return error instanceof UnreadableAnswerException ? Outcome.UNREADABLE : Outcome.CANCELLED;
  }

  /** What a future that is done failed with, if it did. */
  static @Nullable Throwable failureOf(CompletableFuture<?> done) {
    try {
      done.getNow(null);
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    } catch (CancellationException e) {
      return e;
    }
  }
}

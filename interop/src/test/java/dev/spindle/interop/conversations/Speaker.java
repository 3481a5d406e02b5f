// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.interop.Description;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One side of a conversation. Thread: any. */
final class Speaker {
  private static final long PATIENCE_SECONDS = 30;

  private final List<String> lines = new ArrayList<>();

  synchronized void say(String line) {
    lines.add(line);
  }

  /** Says words and the value that they led to. */
  void say(String what, @Nullable Object value) {
    say(what + " → " + Description.of(value));
  }

  /** Waits for a call and says how it came out. */
  void outcome(String what, CompletableFuture<? extends @Nullable Object> call) {
    await(told(what, call).toCompletableFuture());
  }

  /** The same without waiting. */
  CompletionStage<@Nullable Void> told(
      String what, CompletionStage<? extends @Nullable Object> call) {
    return call.handle(
        (value, error) -> {
          if (error == null) {
            say(what, value);
          } else {
            say(what + " ✗ " + inWords(error));
          }
          return null;
        });
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** The name of a remote type, or what a failure of our own is called in every language. */
  static String inWords(Throwable error) {
    Throwable cause = causeOf(error);
    if (cause instanceof RemoteException || cause.getCause() instanceof RemoteException) {
      return remote(cause).type();
    } else if (cause instanceof ConnectionLostException) {
      return "connection lost";
    } else if (cause instanceof DeadReferenceException) {
      return "dead reference";
    } else if (cause instanceof DeadlineExceededException) {
      return "too late";
    } else if (cause instanceof CancellationException) {
      return "cancelled";
    } else if (cause instanceof UnsendableException) {
      return "cannot be sent";
    }
    throw new AssertionError("what this is called is not known", error);
  }

  /** What the other side said, whether or not it arrived as an exception of ours. */
  static RemoteException remote(Throwable error) {
    Throwable cause = causeOf(error);
    return (RemoteException) (cause instanceof RemoteException ? cause : cause.getCause());
  }

  static Throwable causeOf(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  /** Waits for what is to come to a value. */
  static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().toString(), e.getCause());
    } catch (Exception e) {
      throw new AssertionError("no end within " + PATIENCE_SECONDS + " s", e);
    }
  }

  /** Waits for what is to fail. */
  static Throwable failure(CompletableFuture<? extends @Nullable Object> future) {
    return await(
        future.handle(
            (value, error) -> {
              if (error == null) {
                throw new AssertionError("did not fail: " + value);
              }
              return causeOf(error);
            }));
  }
}

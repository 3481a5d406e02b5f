// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for an answer on behalf of a method that returns it as a plain value. */
final class BlockingCall {
  private BlockingCall() {}

  static boolean throwsInterrupted(Method method) {
    for (Class<?> declared : method.getExceptionTypes()) {
      if (declared.isAssignableFrom(InterruptedException.class)) {
        return true;
      }
    }
    return false;
  }

  /** Before anything is sent. */
  static void requireOtherThread(boolean isConnectionThread, String method) {
    if (isConnectionThread) {
      throw new IllegalStateException(
          method
              + " waits for its answer, and was called on a thread that reads answers: let it"
              + " return a CompletionStage, or mark the calling method @Exposed(blocking = true)");
    }
  }

  /** The answer. What the call failed with is thrown as it is, as if it had been made here. */
  static @Nullable Object await(
      CompletableFuture<@Nullable Object> call, String method, boolean throwsInterrupted)
      throws Throwable {
    try {
      return call.get();
    } catch (InterruptedException e) {
      call.cancel(false); // an answer that comes late is let go
      if (throwsInterrupted) {
        throw e;
      }
      Thread.currentThread().interrupt();
      throw new InterruptedCallException(method, e);
    } catch (ExecutionException e) {
      throw thrownHere(e.getCause());
    }
  }

  /**
   * The same error with the caller's stack: where the connection's thread was when it heard of it
   * helps nobody. The end of a connection fails many calls with one exception, which is theirs all.
   */
  private static Throwable thrownHere(Throwable error) {
    Throwable here = error;
    if (error instanceof ConnectionLostException lost) {
      here = new ConnectionLostException(lost.getMessage());
      here.initCause(lost);
    }
    StackTraceElement[] stack = new Throwable().getStackTrace();
    int own = 0;
    while (own < stack.length && isOwn(stack[own])) {
      own++;
    }
    here.setStackTrace(java.util.Arrays.copyOfRange(stack, own, stack.length));
    return here;
  }

  private static boolean isOwn(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.equals(BlockingCall.class.getName())
        || name.equals(TypedMethod.class.getName())
        || name.equals(ProxyTarget.class.getName());
  }
}

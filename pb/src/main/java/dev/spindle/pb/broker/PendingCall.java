// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A call of ours, from the moment it is made to its end. Also the task that sends it. */
abstract class PendingCall extends CompletableFuture<@Nullable Object> implements Runnable {
  private final Broker broker;
  final ByteString method;
  final @Nullable Object[] args;
  final Map<String, ? extends @Nullable Object> keywords;
  final boolean wanted;
  private final Answer answer;

  /** What of ours the arguments mention; set when sent. */
  List<Counted> mentioned = List.of();

  PendingCall(
      Broker broker,
      ByteString method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted,
      Answer answer) {
    this.broker = broker;
    this.method = method;
    this.args = args;
    this.keywords = keywords;
    this.wanted = wanted;
    this.answer = answer;
  }

  /** The kind of message that it is sent as. */
  abstract ByteString command();

  /** Whose method is called: a Long number or a name. */
  abstract Object targetId();

  /** On whose behalf the arguments are sent, or null. */
  abstract @Nullable Object perspective();

  @Override
  public void run() {
    broker.send(this);
  }

  /** Ends the call with the value that arrived, as the type that its caller wants. */
  void answered(@Nullable Object value) {
    Object converted;
    try {
      converted = answer.read(value);
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    complete(converted);
  }

  /** Ends it with an exception that tells of this call, in the place of a stack. */
  void fail(Exception failure) {
    String object = targetId() instanceof ByteString name ? name.utf8() : targetId().toString();
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(
              "remote[" + object + "]", method.utf8(), String.valueOf(broker.remoteAddress()), -1)
        });
    completeExceptionally(failure);
  }

  /** The answer, or the error, may not or cannot be read. */
  void unreadable(ByteString command, @Nullable String why, @Nullable Throwable cause) {
    fail(
        new UnreadableAnswerException(
            "the " + command.utf8() + " of '" + method.utf8() + "' cannot be read: " + why, cause));
  }

  @Override
  public @Nullable Object get() throws InterruptedException, ExecutionException {
    refuseWaitingForever();
    return super.get();
  }

  @Override
  public @Nullable Object join() {
    refuseWaitingForever();
    return super.join();
  }

  private void refuseWaitingForever() {
    if (!isDone() && broker.isOwnThread()) {
      throw new IllegalStateException(
          "waiting for the answer of '"
              + method.utf8()
              + "' on the thread that must read it: chain"
              + " on the future, or mark the calling method @Exposed(blocking = true)");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.types.Converter;
import dev.spindle.pb.types.DeclaredTypes;
import dev.spindle.pb.types.MismatchException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A remote method of an interface: converts the arguments, calls, and converts the answer. */
final class TypedMethod implements ProxyMethod, Answer {
  /** What a caller does after the call was made. */
  private enum Waiting {
    /** Goes on, with a stage of the answer. */
    LATER,
    /** Waits for the answer. */
    HERE,
    /** Goes on, and never hears of it. */
    NEVER
  }

  private final String name;
  private final ByteString wireName;
  private final CallArguments arguments;
  private final Converter answer;
  private final Waiting waiting;
  private final boolean throwsInterrupted;

  /**
   * @throws IllegalArgumentException when an argument or the answer is of a type that cannot travel
   */
  TypedMethod(Class<?> face, Method method, DeclaredTypes types) {
    this.name = face.getSimpleName() + "." + method.getName();
    this.wireName = ByteString.utf8(RemoteMethods.nameOf(method));
    this.arguments = CallArguments.of(name, ExposedParameter.of(method, types));
    this.waiting = waiting(method);
    this.answer = answer(method, types);
    this.throwsInterrupted = BlockingCall.throwsInterrupted(method);
  }

  private static Waiting waiting(Method method) {
    Class<?> result = method.getReturnType();
    if (method.isAnnotationPresent(OneWay.class)) {
      if (result != void.class) {
        throw new IllegalArgumentException(
            "@OneWay has no answer, but it returns " + result.getTypeName());
      }
      return Waiting.NEVER;
    }
    if (!CompletionStage.class.isAssignableFrom(result)) {
      return Waiting.HERE;
    }
    if (!result.isAssignableFrom(CompletableFuture.class)) {
      throw new IllegalArgumentException(
          "it returns a " + result.getTypeName() + ": declare a CompletionStage");
    }
    return Waiting.LATER;
  }

  private static Converter answer(Method method, DeclaredTypes types) {
    try {
      return types.ofAnswer(method);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the answer: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object call(Object proxy, ProxyTarget target, @Nullable Object[] args)
      throws Throwable {
    if (waiting == Waiting.HERE) {
      BlockingCall.requireOtherThread(target.isConnectionThread(), name);
    }
    @Nullable Object[] positional;
    Map<String, ? extends @Nullable Object> keywords;
    try {
      positional = arguments.positional(args);
      keywords = arguments.keywords(args);
    } catch (UnsendableException e) {
      if (waiting == Waiting.LATER) {
        return CompletableFuture.failedFuture(e);
      }
      throw e;
    }
    CompletableFuture<@Nullable Object> call = target.begin(this, positional, keywords);
    return switch (waiting) {
      case LATER -> call;
      case HERE -> BlockingCall.await(call, name, throwsInterrupted);
      case NEVER -> null;
    };
  }

  ByteString wireName() {
    return wireName;
  }

  /** Makes the call with arguments that are converted; its answer will be. */
  PendingCall begin(
      RemoteReference target,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords) {
    Broker broker = target.broker();
    boolean wanted = waiting != Waiting.NEVER;
    return broker.call(new PendingMessage(broker, target, wireName, args, keywords, wanted, this));
  }

  @Override
  public @Nullable Object read(@Nullable Object value) {
    try {
      return answer.read(value);
    } catch (MismatchException e) {
      throw new AnswerMismatchException(name, e);
    }
  }
}

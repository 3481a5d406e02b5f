// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An interface over something that takes its calls. Thread: any. */
abstract class ProxyTarget implements InvocationHandler {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final RemoteInterface face;
  private final Object target;

  ProxyTarget(RemoteInterface face, Object target) {
    this.face = face;
    this.target = target;
  }

  /** Makes the call of a method, whose arguments are converted. */
  abstract CompletableFuture<@Nullable Object> begin(
      TypedMethod method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords);

  /** Whether the caller is on a thread that reads answers, and must not wait for one. */
  abstract boolean isConnectionThread();

  /** What {@code close()} of the interface does. */
  abstract void close();

  @Override
  public final @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    return face.method(method).call(proxy, this, args == null ? NO_ARGUMENTS : args);
  }

  /** Of proxies: the same object seen by the same interface. */
  @Override
  public final boolean equals(@Nullable Object other) {
    if (other instanceof Proxy) {
      return equals(Proxy.getInvocationHandler(other));
    }
    return other instanceof ProxyTarget proxy && proxy.target.equals(target) && proxy.face == face;
  }

  @Override
  public final int hashCode() {
    return target.hashCode();
  }

  @Override
  public final String toString() {
    return face + " of " + target;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.RemoteObject;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** An interface over a reference. Thread: any. */
final class TypedProxy implements RemoteObject.Handler {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final RemoteInterface face;
  private final RemoteReference reference;

  TypedProxy(RemoteInterface face, RemoteReference reference) {
    this.face = face;
    this.reference = reference;
  }

  @Override
  public RemoteReference remote() {
    return reference;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    return face.method(method).call(proxy, this, args == null ? NO_ARGUMENTS : args);
  }

  /** Of proxies: the same object seen by the same interface. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other instanceof Proxy) {
      return equals(Proxy.getInvocationHandler(other));
    }
    return other instanceof TypedProxy proxy
        && proxy.reference.equals(reference)
        && proxy.face == face;
  }

  @Override
  public int hashCode() {
    return reference.hashCode();
  }

  @Override
  public String toString() {
    return face + " of " + reference;
  }
}

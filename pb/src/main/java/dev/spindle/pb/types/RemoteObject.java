// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** An object of the other side. */
public interface RemoteObject extends ByReference {

  /**
   * The object, to be called by the methods of an interface.
   *
   * @throws IllegalArgumentException when the interface cannot be called, naming the method
   */
  <T> T as(Class<T> face);

  /** What proxies for an object of the other side do their work by. */
  interface Handler extends InvocationHandler {
    RemoteObject remote();
  }

  /** The object that a proxy stands for, or null when the value is none. */
  static @Nullable RemoteObject behind(@Nullable Object value) {
    return value instanceof Proxy && Proxy.getInvocationHandler(value) instanceof Handler handler
        ? handler.remote()
        : null;
  }
}

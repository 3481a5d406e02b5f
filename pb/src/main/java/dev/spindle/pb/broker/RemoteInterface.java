// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.reach.Opening;
import dev.spindle.pb.types.Converters;
import dev.spindle.pb.types.DeclaredTypes;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an interface is called: what each of its methods does, worked out once. Thread: any. */
final class RemoteInterface {
  private final Class<?> face;
  private final Map<Method, ProxyMethod> methods = new HashMap<>();

  private RemoteInterface(Class<?> face) {
    this.face = face;
  }

  /**
   * @throws IllegalArgumentException when it cannot be called: names it, the method and the type
   */
  static RemoteInterface of(Class<?> face, Converters converters) {
    RemoteMethods.requireCallable(face);
    RemoteInterface remote = new RemoteInterface(face);
    DeclaredTypes types = converters.seenFrom(face);
    for (Method method : face.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        remote.methods.put(method, remote.prepared(method, types));
      }
    }
    for (Method method : Object.class.getMethods()) {
      remote.methods.put(method, ofObject(method));
    }
    return remote;
  }

  private ProxyMethod prepared(Method method, DeclaredTypes types) {
    if (RemoteMethods.isRemote(method)) {
      return remote(method, types);
    }
    if (!Modifier.isAbstract(method.getModifiers())) {
      return local(method);
    }
    return RemoteMethods.isClose(method) ? RemoteInterface::close : ofObject(method);
  }

  private ProxyMethod remote(Method method, DeclaredTypes types) {
    try {
      return new TypedMethod(face, method, types);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          face.getName() + "." + method.getName() + " cannot be called: " + e.getMessage(), e);
    }
  }

  /** A method with a body runs here. */
  private static ProxyMethod local(Method method) {
    Class<?> declaring = method.getDeclaringClass();
    if (isOpenToAll(declaring)) {
      return (proxy, target, args) -> InvocationHandler.invokeDefault(proxy, method, args);
    }
    try {
      var body = Opening.within(declaring).unreflectSpecial(method, declaring);
      return (proxy, target, args) -> body.bindTo(proxy).invokeWithArguments(args);
    } catch (IllegalArgumentException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          method + " has a body that runs here: " + e.getMessage(), e);
    }
  }

  private static boolean isOpenToAll(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName(), RemoteInterface.class.getModule());
  }

  private static @Nullable Object close(Object proxy, ProxyTarget target, @Nullable Object[] args) {
    target.close();
    return null;
  }

  private static ProxyMethod ofObject(Method method) {
    return switch (method.getName()) {
      case "equals" -> (proxy, target, args) -> target.equals(args[0]);
      case "hashCode" -> (proxy, target, args) -> target.hashCode();
      default -> (proxy, target, args) -> target.toString();
    };
  }

  Object proxyOf(ProxyTarget target) {
    ClassLoader loader = face.getClassLoader();
    return Proxy.newProxyInstance(
        loader != null ? loader : RemoteInterface.class.getClassLoader(),
        new Class<?>[] {face},
        target);
  }

  ProxyMethod method(Method method) {
    ProxyMethod found = methods.get(method);
    if (found == null) {
      throw new IllegalStateException(method + " is none of " + face.getName());
    }
    return found;
  }

  @Override
  public String toString() {
    return face.getSimpleName();
  }
}

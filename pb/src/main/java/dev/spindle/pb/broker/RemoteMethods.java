// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which methods of an interface go over the wire, and under which names: the same for who calls and
 * for who is called.
 */
final class RemoteMethods {
  private RemoteMethods() {}

  /**
   * For who is called: each name is one method's.
   *
   * @throws IllegalArgumentException when two have one name, or it is no interface that anybody may
   *     implement
   */
  static Map<String, Method> served(Class<?> face) {
    requireOpen(face);
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : face.getMethods()) {
      if (isRemote(method)) {
        refuseOther(method, methods.putIfAbsent(nameOf(method), method));
      }
    }
    return methods;
  }

  /**
   * For who calls: methods that were given one name on purpose call one method in several ways, to
   * wait for it or not to wait.
   *
   * @throws IllegalArgumentException when two methods have one name by being overloaded, or it is
   *     no interface that anybody may implement
   */
  static void requireCallable(Class<?> face) {
    requireOpen(face);
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : face.getMethods()) {
      if (isRemote(method) && !isNamed(method)) {
        refuseOther(method, methods.putIfAbsent(nameOf(method), method));
      }
    }
  }

  private static void requireOpen(Class<?> face) {
    if (!face.isInterface() || face.isAnnotation()) {
      throw new IllegalArgumentException(face.getName() + " is no interface");
    }
    if (face.isSealed()) {
      throw new IllegalArgumentException(
          face.getName() + " is sealed: only the classes that it permits may implement it");
    }
  }

  private static void refuseOther(Method method, @Nullable Method other) {
    if (other != null && !isSame(method, other)) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getName()
              + " has two methods named '"
              + nameOf(method)
              + "': give one another name with @Exposed(\"…\")");
    }
  }

  static boolean isRemote(Method method) {
    boolean isExposed = method.isAnnotationPresent(Exposed.class);
    return !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && (isExposed
            || (Modifier.isAbstract(method.getModifiers())
                && !isOfObject(method)
                && !isClose(method)));
  }

  static String nameOf(Method method) {
    return isNamed(method) ? method.getAnnotation(Exposed.class).value() : method.getName();
  }

  private static boolean isNamed(Method method) {
    Exposed exposed = method.getAnnotation(Exposed.class);
    return exposed != null && !exposed.value().isEmpty();
  }

  /** Whether an interface repeats what every object has. */
  static boolean isOfObject(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** Whether it is the method by which a reference is let go. */
  static boolean isClose(Method method) {
    return method.getName().equals("close")
        && method.getParameterCount() == 0
        && AutoCloseable.class.isAssignableFrom(method.getDeclaringClass());
  }

  private static boolean isSame(Method method, Method other) {
    return method.getName().equals(other.getName())
        && Arrays.equals(method.getParameterTypes(), other.getParameterTypes());
  }
}

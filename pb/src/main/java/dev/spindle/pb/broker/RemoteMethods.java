// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which methods of an interface go over the wire, and under which names: the same for who calls and
 * for who is called.
 */
final class RemoteMethods {
  private RemoteMethods() {}

  /**
   * By name.
   *
   * @throws IllegalArgumentException when two have one name, or it is no interface that anybody may
   *     implement
   */
  static Map<String, Method> of(Class<?> face) {
    if (!face.isInterface() || face.isAnnotation()) {
      throw new IllegalArgumentException(face.getName() + " is no interface");
    }
    if (face.isSealed()) {
      throw new IllegalArgumentException(
          face.getName() + " is sealed: only the classes that it permits may implement it");
    }
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : face.getMethods()) {
      if (isRemote(method)) {
        Method other = methods.putIfAbsent(nameOf(method), method);
        if (other != null && !isSame(method, other)) {
          throw new IllegalArgumentException(
              face.getName()
                  + " has two methods named '"
                  + nameOf(method)
                  + "': give one another name with @Exposed(\"…\")");
        }
      }
    }
    return methods;
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
    Exposed exposed = method.getAnnotation(Exposed.class);
    return exposed == null || exposed.value().isEmpty() ? method.getName() : exposed.value();
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

  static boolean isSame(Method method, Method other) {
    return method.getName().equals(other.getName())
        && Arrays.equals(method.getParameterTypes(), other.getParameterTypes());
  }
}

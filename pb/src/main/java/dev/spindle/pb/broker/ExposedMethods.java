// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.types.Converters;
import dev.spindle.pb.types.DeclaredTypes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exposed methods of a class, by the name that comes over the wire. A peer's name selects from
 * this table and reaches nothing else.
 */
final class ExposedMethods {
  private final Map<ByteString, ExposedMethod> byName = new HashMap<>();

  private ExposedMethods() {}

  /**
   * The methods of a class that are marked {@link Exposed}, and of what it inherits.
   *
   * @throws IllegalArgumentException when the class exposes two methods under one name, or one with
   *     a type that cannot travel
   */
  static ExposedMethods marked(Class<?> type, Converters converters) {
    ExposedMethods methods = new ExposedMethods();
    DeclaredTypes types = converters.seenFrom(type);
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      methods.addAll(c, types);
      methods.addInterfaces(c, types);
    }
    return methods;
  }

  /**
   * The methods of an interface alone, whatever else its implementation has.
   *
   * @throws IllegalArgumentException as for {@link #marked}
   */
  static ExposedMethods of(Class<?> face, Class<?> implementation, Converters converters) {
    ExposedMethods methods = new ExposedMethods();
    DeclaredTypes types = converters.seenFrom(face);
    RemoteMethods.served(face)
        .forEach(
            (name, method) -> methods.put(name, method, isBlocking(method, implementation), types));
    return methods;
  }

  private static boolean isBlocking(Method method, Class<?> implementation) {
    try {
      return isBlocking(method)
          || isBlocking(implementation.getMethod(method.getName(), method.getParameterTypes()));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(implementation + " does not implement " + method, e);
    }
  }

  private static boolean isBlocking(Method method) {
    Exposed exposed = method.getAnnotation(Exposed.class);
    return exposed != null && exposed.blocking();
  }

  private void addInterfaces(Class<?> type, DeclaredTypes types) {
    for (Class<?> face : type.getInterfaces()) {
      addAll(face, types);
      addInterfaces(face, types);
    }
  }

  private void addAll(Class<?> declaring, DeclaredTypes types) {
    for (Method method : declaring.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Exposed.class) && !method.isBridge()) {
        if (Modifier.isStatic(method.getModifiers())) {
          throw new IllegalArgumentException(
              ExposedMethod.placeOf(method)
                  + " is exposed and static: exposed methods are those of an object");
        }
        add(method, types);
      }
    }
  }

  private void add(Method method, DeclaredTypes types) {
    String name = RemoteMethods.nameOf(method);
    ExposedMethod other = byName.get(ByteString.utf8(name));
    if (other == null) {
      put(name, method, isBlocking(method), types);
    } else if (!other.isOverrideOf(method)) {
      throw new IllegalArgumentException(
          other.place()
              + " and "
              + ExposedMethod.placeOf(method)
              + " are both exposed as '"
              + name
              + "': give one another name with @Exposed(\"…\")");
    }
  }

  private void put(String name, Method method, boolean isBlocking, DeclaredTypes types) {
    byName.put(ByteString.utf8(name), new ExposedMethod(name, method, isBlocking, types));
  }

  @Nullable ExposedMethod find(ByteString name) {
    return byName.get(name);
  }
}

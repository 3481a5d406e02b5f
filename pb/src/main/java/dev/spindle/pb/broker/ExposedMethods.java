// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exposed methods of a class, by the name that comes over the wire. A peer's name selects from
 * this table and reaches nothing else.
 */
final class ExposedMethods {
  private static final ClassValue<ExposedMethods> TABLES =
      new ClassValue<>() {
        @Override
        protected ExposedMethods computeValue(Class<?> type) {
          return new ExposedMethods(type);
        }
      };

  private final Map<ByteString, ExposedMethod> byName = new HashMap<>();

  /**
   * @throws IllegalArgumentException when the class exposes two methods under one name
   */
  static ExposedMethods of(Class<?> type) {
    return TABLES.get(type);
  }

  private ExposedMethods(Class<?> type) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      addAll(c);
      addInterfaces(c);
    }
  }

  private void addInterfaces(Class<?> type) {
    for (Class<?> face : type.getInterfaces()) {
      addAll(face);
      addInterfaces(face);
    }
  }

  private void addAll(Class<?> declaring) {
    for (Method method : declaring.getDeclaredMethods()) {
      Exposed exposed = method.getAnnotation(Exposed.class);
      if (exposed != null && !method.isBridge()) {
        add(method, exposed);
      }
    }
  }

  private void add(Method method, Exposed exposed) {
    ByteString name =
        ByteString.utf8(exposed.value().isEmpty() ? method.getName() : exposed.value());
    ExposedMethod other = byName.get(name);
    if (other == null) {
      byName.put(name, new ExposedMethod(name.utf8(), method, exposed.blocking()));
    } else if (!other.isOverrideOf(method)) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getName()
              + " exposes two methods named '"
              + name.utf8()
              + "': give one another name with @Exposed(\"…\")");
    }
  }

  @Nullable ExposedMethod find(ByteString name) {
    return byName.get(name);
  }
}

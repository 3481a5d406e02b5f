// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a record becomes a dict of attributes, and back. */
final class RecordShape {
  private record Component(String name, MethodHandle accessor, Converter converter) {}

  private final Component[] components;
  private final MethodHandle constructor;

  /**
   * @throws IllegalArgumentException when the record cannot be reached, with the mend
   */
  RecordShape(Class<?> type, Converters converters) {
    RecordComponent[] declared = type.getRecordComponents();
    try {
      this.constructor = constructor(type, declared);
      this.components = new Component[declared.length];
      for (int i = 0; i < declared.length; i++) {
        Method accessor = Opening.opened(declared[i].getAccessor());
        components[i] =
            new Component(
                declared[i].getName(),
                MethodHandles.lookup()
                    .unreflect(accessor)
                    .asType(MethodType.methodType(Object.class, Object.class)),
                converters.of(declared[i].getAnnotatedType()));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot reach the record " + type.getName(), e);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] declared)
      throws ReflectiveOperationException {
    Class<?>[] parameters =
        Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> canonical = Opening.opened(type.getDeclaredConstructor(parameters));
    return MethodHandles.lookup()
        .unreflectConstructor(canonical)
        .asFixedArity()
        .asSpreader(Object[].class, parameters.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  Map<String, @Nullable Object> attributes(Object record) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(2 * components.length);
    for (Component component : components) {
      try {
        attributes.put(
            component.name(), component.converter().write(component.accessor().invoke(record)));
      } catch (MismatchException e) {
        throw e.in("." + component.name());
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalArgumentException(component.name() + "() failed: " + e, e);
      }
    }
    return attributes;
  }

  /**
   * Attributes that the record does not have are left out.
   *
   * @throws MismatchException when one is missing or of another type
   */
  Object made(Map<String, @Nullable Object> attributes) {
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = argument(components[i], attributes);
    }
    try {
      return constructor.invoke(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(e.toString(), e);
    }
  }

  private static @Nullable Object argument(
      Component component, Map<String, @Nullable Object> attributes) {
    Object value = attributes.get(component.name());
    if (value == null
        && !component.converter().isOptional()
        && !attributes.containsKey(component.name())) {
      throw new MismatchException("must have an attribute '" + component.name() + "'");
    }
    try {
      return component.converter().read(value);
    } catch (MismatchException e) {
      throw e.in("." + component.name());
    }
  }
}

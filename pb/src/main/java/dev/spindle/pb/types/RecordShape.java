// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.reach.Opening;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a record becomes a dict of attributes or a tuple of components, and back. */
final class RecordShape {
  private record Component(String name, MethodHandle accessor, Converter converter) {}

  private final boolean hasArguments;
  private final Component[] components;
  private final MethodHandle constructor;

  /**
   * @throws IllegalArgumentException when the record cannot be reached or holds what cannot travel,
   *     with the mend
   */
  RecordShape(DeclaredType declared, ConverterSearch search) {
    Class<?> type = declared.raw();
    TypeArguments arguments = TypeArguments.of(declared);
    this.hasArguments = !declared.arguments().isEmpty();
    RecordComponent[] parts = type.getRecordComponents();
    this.components = new Component[parts.length];
    try {
      this.constructor = constructor(type, parts);
      for (int i = 0; i < parts.length; i++) {
        Method accessor = Opening.opened(parts[i].getAccessor());
        MethodHandle handle =
            MethodHandles.lookup()
                .unreflect(accessor)
                .asType(MethodType.methodType(Object.class, Object.class));
        components[i] =
            new Component(parts[i].getName(), handle, converter(parts[i], arguments, search));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot reach the record " + type.getName(), e);
    }
  }

  private static Converter converter(
      RecordComponent part, TypeArguments arguments, ConverterSearch search) {
    try {
      return search.of(arguments.resolved(part.getAnnotatedType(), part));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          part.getDeclaringRecord().getSimpleName() + "." + part.getName() + ": " + e.getMessage(),
          e);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] parts)
      throws ReflectiveOperationException {
    Class<?>[] parameters =
        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> canonical = Opening.opened(type.getDeclaredConstructor(parameters));
    return MethodHandles.lookup()
        .unreflectConstructor(canonical)
        .asFixedArity()
        .asSpreader(Object[].class, parameters.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  boolean hasArguments() {
    return hasArguments;
  }

  Map<String, @Nullable Object> attributes(Object record) {
    return attributes(record, new Conversion());
  }

  Map<String, @Nullable Object> attributes(Object record, Conversion whole) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(2 * components.length);
    for (Component component : components) {
      attributes.put(component.name(), written(component, record, whole));
    }
    return attributes;
  }

  @Nullable Object[] components(Object record, Conversion whole) {
    @Nullable Object[] written = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      written[i] = written(components[i], record, whole);
    }
    return written;
  }

  private static @Nullable Object written(Component component, Object record, Conversion whole) {
    try {
      return component.converter().write(component.accessor().invoke(record), whole);
    } catch (MismatchException e) {
      throw e.in("." + component.name());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(component.name() + "() failed: " + e, e);
    }
  }

  /**
   * Attributes that the record does not have are left out.
   *
   * @throws MismatchException when one is missing or of another type
   */
  Object made(Map<String, @Nullable Object> attributes) {
    return made(attributes, new Conversion());
  }

  Object made(Map<String, @Nullable Object> attributes, Conversion whole) {
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].name();
      Object value = attributes.get(name);
      if (value == null
          && !components[i].converter().isOptional()
          && !attributes.containsKey(name)) {
        throw new MismatchException("must have an attribute '" + name + "'");
      }
      arguments[i] = read(components[i], value, whole);
    }
    return constructed(arguments);
  }

  /**
   * @throws MismatchException when there are more or fewer parts than components, or one is of
   *     another type
   */
  Object made(List<?> parts, Conversion whole) {
    if (parts.size() != components.length) {
      throw new MismatchException(
          "must be a tuple of " + components.length + ", not of " + parts.size());
    }
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = read(components[i], parts.get(i), whole);
    }
    return constructed(arguments);
  }

  private static @Nullable Object read(
      Component component, @Nullable Object value, Conversion whole) {
    try {
      return component.converter().read(value, whole);
    } catch (MismatchException e) {
      throw e.in("." + component.name());
    }
  }

  private Object constructed(@Nullable Object[] arguments) {
    try {
      return constructor.invoke(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(e.toString(), e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.reach.Opening;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an object with fields becomes a dict of attributes, and back. */
final class FieldShape {
  private record Attribute(Field field, Converter converter) {}

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when there is no constructor without parameters, a field is
   *     final, or the class cannot be reached
   */
  FieldShape(Class<?> type, ConverterSearch search) {
    this.type = type;
    TypeArguments arguments = TypeArguments.seenFrom(type);
    try {
      this.constructor = Opening.opened(type.getDeclaredConstructor());
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          type.getName()
              + " needs a constructor without parameters to be read as a copy: add one, make it a"
              + " record, or register functions",
          e);
    }
    // An exception's own message, cause and stack are no attributes, as in Python.
    for (Class<?> c = type;
        c != null && c != Object.class && c != Throwable.class;
        c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        add(field, arguments, search);
      }
    }
  }

  private void add(Field field, TypeArguments arguments, ConverterSearch search) {
    int modifiers = field.getModifiers();
    if (Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers) || field.isSynthetic()) {
      return;
    }
    if (Modifier.isFinal(modifiers)) {
      throw new IllegalArgumentException(
          field + " is final and could not be read: make it transient, or the class a record");
    }
    Attribute attribute = new Attribute(Opening.opened(field), converter(field, arguments, search));
    if (attributes.putIfAbsent(field.getName(), attribute) != null) {
      throw new IllegalArgumentException(
          field + " hides an attribute of the same name: rename one of them");
    }
  }

  private static Converter converter(Field field, TypeArguments arguments, ConverterSearch search) {
    try {
      return search.of(arguments.resolved(field.getAnnotatedType(), field));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  Object create() {
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().toString(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make a " + type.getName() + ": " + e, e);
    }
  }

  Map<String, @Nullable Object> attributes(Object object) {
    Map<String, @Nullable Object> state = new LinkedHashMap<>(2 * attributes.size());
    attributes.forEach(
        (name, attribute) -> {
          try {
            Object value = attribute.field().get(object);
            // As when it is read: see set.
            state.put(name, value == null ? null : attribute.converter().write(value));
          } catch (MismatchException e) {
            throw e.in("." + name);
          } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was opened: " + name, e);
          }
        });
    return state;
  }

  /** Attributes that arrive and are no fields are left out; fields that do not stay as they are. */
  void fill(Object object, Map<String, @Nullable Object> state) {
    state.forEach(
        (name, value) -> {
          Attribute attribute = attributes.get(name);
          if (attribute != null) {
            set(object, attribute, value);
          }
        });
  }

  private void set(Object object, Attribute attribute, @Nullable Object value) {
    // A field that is no primitive may be null in Java whether or not it says so.
    boolean isNull =
        value == null
            && !attribute.field().getType().isPrimitive()
            && !attribute.converter().isOptional();
    try {
      attribute.field().set(object, isNull ? null : attribute.converter().read(value));
    } catch (MismatchException e) {
      throw e.in("." + attribute.field().getName());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a field that was opened: " + attribute.field(), e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.reach.Opening;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Under which names exceptions travel, and which names arrive as an exception of ours.
 *
 * <p>Source: reference, section 9.2.
 */
final class ErrorNames {
  private static final MethodType FROM_FAILURE =
      MethodType.methodType(Exception.class, Failure.class);

  private final Map<Class<?>, List<String>> sent;
  private final Map<String, Function<? super Failure, ? extends Exception>> read;

  private ErrorNames(Builder builder) {
    sent = Map.copyOf(builder.sent);
    read = Map.copyOf(builder.read);
  }

  /**
   * The names by which a Python program can trap an exception: of its class and of each that it
   * extends, nearest first; then what Python's own classes would be; last what each of them derives
   * from. The first is the exception's type.
   */
  List<String> of(Throwable error) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> counterparts = new LinkedHashSet<>();
    for (Class<?> c = error.getClass(); c != Object.class; c = c.getSuperclass()) {
      List<String> registered = sent.get(c);
      if (registered != null) {
        names.addAll(registered);
      } else {
        names.add(c.getName());
      }
      counterparts.addAll(PythonErrors.counterpartsOf(c));
    }
    names.addAll(counterparts);
    names.addAll(PythonErrors.ROOTS);
    return List.copyOf(names);
  }

  /** The exception for an error of the other side, or null when none of its names is registered. */
  @Nullable Exception exceptionOf(Failure failure) {
    if (read.isEmpty()) {
      return null;
    }
    var made = read.get(failure.type());
    for (int i = 0; made == null && i < failure.parents().size(); i++) {
      made = read.get(failure.parents().get(i));
    }
    return made == null ? null : made.apply(failure);
  }

  /** Collects names. */
  static final class Builder {
    private final Map<Class<?>, List<String>> sent = new HashMap<>();
    private final Map<String, Function<? super Failure, ? extends Exception>> read =
        new HashMap<>();

    ErrorNames build() {
      return new ErrorNames(this);
    }

    void send(Class<? extends Throwable> type, String name, String... bases) {
      Set<String> names = new LinkedHashSet<>();
      names.add(name);
      names.addAll(List.of(bases));
      if (sent.putIfAbsent(type, List.copyOf(names)) != null) {
        throw new IllegalArgumentException(
            type.getName() + " is registered already, and cannot be sent as '" + name + "' too");
      }
    }

    void read(String name, Function<? super Failure, ? extends Exception> made) {
      if (read.putIfAbsent(name, made) != null) {
        throw new IllegalArgumentException("the error '" + name + "' is read already");
      }
    }
  }

  /**
   * Makes exceptions of a class by its constructor that takes a {@link Failure}, or else a text.
   *
   * @throws IllegalArgumentException when it has neither
   */
  static Function<Failure, Exception> making(Class<? extends Exception> type) {
    MethodHandle made = constructor(type);
    return failure -> {
      try {
        return (Exception) made.invokeExact(failure);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalArgumentException(type.getName() + " cannot be made: " + e, e);
      }
    };
  }

  private static MethodHandle constructor(Class<? extends Exception> type) {
    try {
      Constructor<?> whole = declared(type, Failure.class);
      if (whole != null) {
        return MethodHandles.lookup().unreflectConstructor(whole).asType(FROM_FAILURE);
      }
      Constructor<?> ofText = declared(type, String.class);
      if (ofText != null) {
        MethodHandle text =
            MethodHandles.lookup()
                .findVirtual(Failure.class, "text", MethodType.methodType(String.class));
        return MethodHandles.filterArguments(
                MethodHandles.lookup().unreflectConstructor(ofText), 0, text)
            .asType(FROM_FAILURE);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot reach " + type.getName(), e);
    }
    throw new IllegalArgumentException(
        type.getName()
            + " needs a constructor with a Failure or a String to be made of an error that arrives:"
            + " add one, or register a function with readsError");
  }

  private static @Nullable Constructor<?> declared(Class<?> type, Class<?> parameter) {
    try {
      return Opening.opened(type.getDeclaredConstructor(parameter));
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}

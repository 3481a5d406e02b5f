// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.Converter;
import dev.spindle.pb.types.DeclaredTypes;
import dev.spindle.pb.types.MismatchException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a method that goes over the wire: where its value comes from or goes to, and how
 * it is converted.
 */
final class ExposedParameter {
  /** What may be left out, so that a default holds; {@code @Nullable} is None instead. */
  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  /** What a parameter takes. */
  private enum Kind {
    /** A positional argument, or one by its name. */
    POSITION,
    /** An argument by its name alone. */
    KEYWORD,
    /** What is left of the positional arguments. */
    REST,
    /** What is left of the keyword arguments. */
    KEYWORDS,
    /** No argument, but the caller's connection. */
    CONNECTION,
    /** No argument, but the perspective that the call is made through. */
    CALLER
  }

  private final String name;
  private final boolean isNameKnown;
  private final int number;
  private final Kind kind;
  private final Converter converter;
  private final boolean optional;

  /** What a perspective must be. */
  private final Class<?> callerType;

  private ExposedParameter(Parameter parameter, int number, Kind kind, Converter converter) {
    Keyword keyword = parameter.getAnnotation(Keyword.class);
    boolean isNamed = keyword != null && !keyword.value().isEmpty();
    this.name = isNamed ? keyword.value() : parameter.getName();
    this.isNameKnown = isNamed || parameter.isNamePresent();
    this.number = number;
    this.kind = kind;
    this.converter = converter;
    this.optional = OPTIONALS.contains(parameter.getType());
    this.callerType =
        parameter.getType() == Optional.class ? inner(parameter) : parameter.getType();
  }

  /**
   * @throws IllegalArgumentException naming the parameter, when its type cannot travel
   */
  static ExposedParameter[] of(Method method, DeclaredTypes types) {
    Parameter[] parameters = method.getParameters();
    ExposedParameter[] exposed = new ExposedParameter[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      boolean isRest = method.isVarArgs() && i == parameters.length - 1;
      try {
        Kind kind = isRest ? Kind.REST : kindOf(parameters[i]);
        Converter converter = takesNoArgument(kind) ? Converter.ANYTHING : types.of(parameters[i]);
        exposed[i] = new ExposedParameter(parameters[i], i + 1, kind, converter);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "parameter " + (i + 1) + " '" + parameters[i].getName() + "': " + e.getMessage(), e);
      }
    }
    return exposed;
  }

  private static boolean takesNoArgument(Kind kind) {
    return kind == Kind.CONNECTION || kind == Kind.CALLER;
  }

  private static Class<?> inner(Parameter optional) {
    Type type = optional.getParameterizedType();
    Type inner =
        type instanceof ParameterizedType parameterized
            ? parameterized.getActualTypeArguments()[0]
            : Object.class;
    Type raw =
        inner instanceof ParameterizedType parameterized ? parameterized.getRawType() : inner;
    return raw instanceof Class<?> known ? known : Object.class;
  }

  private static Kind kindOf(Parameter parameter) {
    if (parameter.isAnnotationPresent(Caller.class)) {
      return Kind.CALLER;
    }
    if (parameter.getType() == PbConnection.class) {
      return Kind.CONNECTION;
    }
    if (parameter.isAnnotationPresent(Keywords.class)) {
      if (!(parameter.getParameterizedType() instanceof ParameterizedType map)
          || map.getRawType() != Map.class
          || map.getActualTypeArguments()[0] != String.class) {
        throw new IllegalArgumentException("@Keywords are a Map<String, …>");
      }
      return Kind.KEYWORDS;
    }
    Keyword keyword = parameter.getAnnotation(Keyword.class);
    if (keyword == null) {
      return Kind.POSITION;
    }
    if (keyword.value().isEmpty() && !parameter.isNamePresent()) {
      throw new IllegalArgumentException(
          "the name of the @Keyword is not known: compile with -parameters, or say @Keyword(\"…\")");
    }
    return Kind.KEYWORD;
  }

  String name() {
    return name;
  }

  /** Whether the class file has its name, or an annotation tells it. */
  boolean isNameKnown() {
    return isNameKnown;
  }

  boolean isConnection() {
    return kind == Kind.CONNECTION;
  }

  /** Whether it is given the perspective that the call is made through. */
  boolean isCaller() {
    return kind == Kind.CALLER;
  }

  boolean isRest() {
    return kind == Kind.REST;
  }

  boolean isKeywords() {
    return kind == Kind.KEYWORDS;
  }

  boolean isKeyword() {
    return kind == Kind.KEYWORD;
  }

  /** Whether an argument for it may be left out. */
  boolean isOptional() {
    return optional;
  }

  boolean isPositional() {
    return kind == Kind.POSITION;
  }

  /**
   * @throws IllegalArgumentException with the end of a sentence that begins with the method
   */
  Object caller(@Nullable Object perspective) {
    if (perspective == null && optional) {
      return Optional.empty();
    }
    if (!callerType.isInstance(perspective)) {
      throw new IllegalArgumentException(
          "must be called through "
              + oneOf(callerType)
              + (perspective == null
                  ? ", and not without a perspective"
                  : ", not through " + oneOf(perspective.getClass())));
    }
    return optional ? Optional.of(perspective) : perspective;
  }

  private static String oneOf(Class<?> type) {
    String name = type.getSimpleName();
    boolean isSpokenVowel = !name.isEmpty() && "AEIOaeio".indexOf(name.charAt(0)) >= 0;
    return (isSpokenVowel ? "an " : "a ") + name;
  }

  /**
   * @throws MismatchException with the end of a sentence that begins with the argument
   */
  @Nullable Object read(@Nullable Object wire) {
    return converter.read(wire);
  }

  /**
   * @throws MismatchException with the end of a sentence that begins with the argument
   */
  @Nullable Object write(@Nullable Object value) {
    return converter.write(value);
  }

  /** "argument 'name'", as Python says it. */
  String argument() {
    return "argument '" + name + "'";
  }

  /** "argument 2 'name'", for who sees the method. */
  String numberedArgument() {
    return "argument " + number + " '" + name + "'";
  }
}

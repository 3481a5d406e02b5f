// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.PlainTypes;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One parameter of an exposed method, and how an argument becomes its value. */
final class ExposedParameter {
  private final String name;
  private final Class<?> type;
  private final boolean rest;
  private final boolean optional;

  private ExposedParameter(Parameter parameter, boolean rest) {
    this.name = parameter.getName();
    this.rest = rest;
    this.optional = parameter.getType() == Optional.class;
    this.type = optional ? inner(parameter.getParameterizedType()) : parameter.getType();
  }

  static ExposedParameter[] of(Method method) {
    Parameter[] parameters = method.getParameters();
    ExposedParameter[] exposed = new ExposedParameter[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      boolean rest = method.isVarArgs() && i == parameters.length - 1;
      exposed[i] = new ExposedParameter(parameters[i], rest);
      if (rest && parameters[i].getType() != Object[].class) {
        throw new IllegalArgumentException(
            method
                + " is exposed: a variable argument must be Object..., found "
                + parameters[i].getType().getSimpleName());
      }
    }
    return exposed;
  }

  private static Class<?> inner(Type optional) {
    Type inner = ((ParameterizedType) optional).getActualTypeArguments()[0];
    if (inner instanceof ParameterizedType parameterized) {
      inner = parameterized.getRawType();
    }
    return inner instanceof Class<?> known ? known : Object.class;
  }

  String name() {
    return name;
  }

  boolean isConnection() {
    return type == PbConnection.class;
  }

  boolean isRest() {
    return rest;
  }

  boolean isOptional() {
    return optional;
  }

  boolean isPositional() {
    return !rest && !isConnection();
  }

  /**
   * @throws IllegalArgumentException with the end of a sentence that begins with the argument
   */
  @Nullable Object convert(@Nullable Object value) {
    if (optional) {
      return value == null ? Optional.empty() : Optional.of(PlainTypes.convert(value, type));
    }
    if (value == null) {
      if (type == Object.class) {
        return null;
      }
      throw new IllegalArgumentException("must be " + PlainTypes.pythonName(type) + ", not None");
    }
    return PlainTypes.convert(value, type);
  }
}

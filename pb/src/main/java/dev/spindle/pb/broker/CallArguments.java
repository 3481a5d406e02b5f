// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.types.MismatchException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Lays out the arguments of a typed call as positional and keyword arguments. */
final class CallArguments {
  private final String method;
  private final ExposedParameter[] parameters;

  /** Whether each parameter is one positional argument that is always there. */
  private final boolean isPlain;

  private final boolean hasKeywords;

  private CallArguments(String method, ExposedParameter[] parameters) {
    this.method = method;
    this.parameters = parameters;
    this.isPlain =
        Arrays.stream(parameters).allMatch(each -> each.isPositional() && !each.isOptional());
    this.hasKeywords =
        Arrays.stream(parameters).anyMatch(each -> each.isKeyword() || each.isKeywords());
  }

  /**
   * @param method what errors call it
   * @throws IllegalArgumentException when one of the parameters cannot be given by a caller
   */
  static CallArguments of(String method, ExposedParameter[] parameters) {
    for (ExposedParameter parameter : parameters) {
      if (parameter.isConnection() || parameter.isCaller()) {
        throw new IllegalArgumentException(
            parameter.numberedArgument()
                + " is the callee's "
                + (parameter.isCaller() ? "perspective" : "connection")
                + ", which no caller can give");
      }
    }
    return new CallArguments(method, parameters);
  }

  /**
   * @param args what the method was called with; changed
   * @throws UnsendableException naming the argument that does not fit
   */
  @Nullable Object[] positional(@Nullable Object[] args) {
    if (isPlain) {
      for (int i = 0; i < args.length; i++) {
        args[i] = written(parameters[i], args[i]);
      }
      return args;
    }
    @Nullable Object[] positional = new Object[args.length];
    int count = 0;
    int given = 0;
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].isPositional()) {
        positional[count++] = written(parameters[i], args[i]);
        given = isLeftOut(parameters[i], args[i]) ? given : count;
      } else if (parameters[i].isRest()) {
        List<?> rest = (List<?>) written(parameters[i], args[i]);
        if (!rest.isEmpty()) {
          positional = Arrays.copyOf(positional, count + rest.size());
          for (Object each : rest) {
            positional[count++] = each;
          }
          given = count;
        }
      }
    }
    return given == positional.length ? positional : Arrays.copyOf(positional, given);
  }

  /**
   * @throws UnsendableException naming the argument that does not fit
   */
  Map<String, @Nullable Object> keywords(@Nullable Object[] args) {
    if (!hasKeywords) {
      return Map.of();
    }
    Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].isKeyword() && !isLeftOut(parameters[i], args[i])) {
        add(parameters[i].name(), written(parameters[i], args[i]), keywords);
      } else if (parameters[i].isKeywords()) {
        ((Map<?, ?>) written(parameters[i], args[i]))
            .forEach((name, value) -> add((String) name, value, keywords));
      }
    }
    return keywords;
  }

  private void add(String name, @Nullable Object value, Map<String, @Nullable Object> keywords) {
    if (keywords.containsKey(name)) {
      throw new UnsendableException(method + ": two values for the keyword '" + name + "'");
    }
    keywords.put(name, value);
  }

  private @Nullable Object written(ExposedParameter parameter, @Nullable Object value) {
    try {
      return parameter.write(value);
    } catch (MismatchException e) {
      throw new UnsendableException(method + ": " + e.about(parameter.numberedArgument()), e);
    } catch (RuntimeException e) {
      throw new UnsendableException(
          method + ": " + parameter.numberedArgument() + " cannot be converted: " + e, e);
    }
  }

  /** So that a default of the callee holds. */
  private static boolean isLeftOut(ExposedParameter parameter, @Nullable Object value) {
    return parameter.isOptional()
        && (value == null
            || value.equals(Optional.empty())
            || value.equals(OptionalInt.empty())
            || value.equals(OptionalLong.empty())
            || value.equals(OptionalDouble.empty()));
  }
}

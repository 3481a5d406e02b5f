// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.reach.Opening;
import dev.spindle.pb.types.Converter;
import dev.spindle.pb.types.DeclaredTypes;
import dev.spindle.pb.types.MismatchException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One method that the other side may call: checks and converts the arguments, then calls it. */
final class ExposedMethod {
  private static final MethodType SPREAD =
      MethodType.methodType(Object.class, Object.class, Object[].class);

  private final String name;
  private final Method method;
  private final boolean blocking;
  private final MethodHandle handle;
  private final ExposedParameter[] parameters;
  private final Converter answer;

  /** How many positional arguments the parameters take, without what is left over. */
  private final int positions;

  private final boolean takesRest;

  /**
   * @throws IllegalArgumentException when an argument or the answer is of a type that cannot
   *     travel, or the method cannot be reached
   */
  ExposedMethod(String name, Method method, boolean blocking, DeclaredTypes types) {
    this.name = name;
    this.method = method;
    this.blocking = blocking;
    try {
      this.handle = spread(method);
      this.parameters = ExposedParameter.of(method, types);
      this.answer = types.ofAnswer(method);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getName()
              + "."
              + method.getName()
              + " is exposed: "
              + e.getMessage(),
          e);
    }
    this.positions = (int) Arrays.stream(parameters).filter(ExposedParameter::isPositional).count();
    this.takesRest = method.isVarArgs();
  }

  private static MethodHandle spread(Method method) {
    try {
      return MethodHandles.lookup()
          .unreflect(Opening.opened(method))
          .asFixedArity()
          .asSpreader(1, Object[].class, method.getParameterCount())
          .asType(SPREAD);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("cannot call " + method + ", which is exposed", e);
    }
  }

  boolean isBlocking() {
    return blocking;
  }

  /**
   * Whether it is over when it returns, so that any number of calls are never under way at once.
   */
  boolean isImmediate() {
    return !blocking && method.getReturnType() == void.class;
  }

  /** Also of a generic method, for which the compiler has left a bridge. */
  boolean isOverrideOf(Method other) {
    return method.getName().equals(other.getName())
        && (Arrays.equals(method.getParameterTypes(), other.getParameterTypes())
            || Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                .anyMatch(each -> each.isBridge() && hasSignatureOf(other, each)));
  }

  private static boolean hasSignatureOf(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  /** Its class, its name and the classes of its parameters, for a message. */
  String place() {
    return placeOf(method);
  }

  static String placeOf(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(
                ", ", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }

  /**
   * Lays out the arguments for {@link #invoke}.
   *
   * @throws PbError a TypeError that names the method, the argument and both types
   */
  @Nullable Object[] bind(
      @Nullable Object[] args,
      Map<String, @Nullable Object> keywords,
      PbConnection connection,
      @Nullable Object perspective) {
    if (args.length > positions && !takesRest) {
      throw typeError(
          "takes "
              + positions
              + " positional argument"
              + (positions == 1 ? "" : "s")
              + " "
              + signature()
              + ", "
              + args.length
              + " given");
    }
    @Nullable Object[] bound = new Object[parameters.length];
    int next = 0;
    int named = 0;
    for (int i = 0; i < parameters.length; i++) {
      ExposedParameter parameter = parameters[i];
      if (parameter.isConnection()) {
        bound[i] = connection;
      } else if (parameter.isCaller()) {
        bound[i] = caller(parameter, perspective);
      } else if (parameter.isRest()) {
        bound[i] = read(parameter, Arrays.asList(args).subList(next, args.length));
      } else if (parameter.isKeywords()) {
        bound[i] = read(parameter, further(keywords));
        named = keywords.size();
      } else if (next < args.length && parameter.isPositional()) {
        refuseTwice(parameter, keywords);
        bound[i] = read(parameter, args[next++]);
      } else if (keywords.containsKey(parameter.name())) {
        named++;
        bound[i] = read(parameter, keywords.get(parameter.name()));
      } else if (parameter.isOptional()) {
        bound[i] = parameter.read(null);
      } else {
        throw typeError(
            "misses the argument '"
                + parameter.name()
                + "' of "
                + signature()
                + (parameter.isNameKnown()
                    ? ""
                    : "; its name is not known here: compile with -parameters"));
      }
    }
    if (named < keywords.size()) {
      throw typeError("got an unexpected keyword argument: it takes " + signature());
    }
    return bound;
  }

  /** The keyword arguments that no other parameter takes. */
  private Map<String, @Nullable Object> further(Map<String, @Nullable Object> keywords) {
    Map<String, @Nullable Object> further = new LinkedHashMap<>(keywords);
    for (ExposedParameter parameter : parameters) {
      if (parameter.isPositional() || parameter.isKeyword()) {
        further.remove(parameter.name());
      }
    }
    return further;
  }

  private void refuseTwice(ExposedParameter parameter, Map<String, ?> keywords) {
    if (keywords.containsKey(parameter.name())) {
      throw typeError("got two values for the argument '" + parameter.name() + "'");
    }
  }

  private @Nullable Object read(ExposedParameter parameter, @Nullable Object value) {
    try {
      return parameter.read(value);
    } catch (MismatchException e) {
      throw typeError(e.about(parameter.argument()));
    }
  }

  /**
   * What is sent for an answer of the method.
   *
   * @throws PbError a TypeError, when it is not of the type that the method declares
   */
  @Nullable Object answer(@Nullable Object result) {
    try {
      return answer.write(result);
    } catch (MismatchException e) {
      throw typeError(e.about("answer"));
    }
  }

  private Object caller(ExposedParameter parameter, @Nullable Object perspective) {
    try {
      return parameter.caller(perspective);
    } catch (IllegalArgumentException e) {
      throw typeError(e.getMessage());
    }
  }

  private PbError typeError(String text) {
    return Failures.python("builtins.TypeError", name + "() " + text);
  }

  private String signature() {
    StringJoiner names = new StringJoiner(", ", "(", ")");
    for (ExposedParameter parameter : parameters) {
      if (parameter.isPositional() || parameter.isKeyword()) {
        names.add(parameter.name());
      }
    }
    return names.toString();
  }

  /** Calls the method; what it throws is thrown. */
  @Nullable Object invoke(Object target, @Nullable Object[] bound) throws Throwable {
    return (Object) handle.invokeExact(target, bound);
  }
}

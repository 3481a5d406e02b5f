// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The types that one class and what it inherits declare, with its type variables replaced by what
 * it says they are.
 *
 * <p>Thread: one at a time.
 */
public final class DeclaredTypes {
  private final ConverterSearch search;
  private final TypeArguments arguments;

  DeclaredTypes(ConverterSearch search, TypeArguments arguments) {
    this.search = search;
    this.arguments = arguments;
  }

  /**
   * How arguments for a parameter travel.
   *
   * @throws IllegalArgumentException when none can, with the reason
   */
  public Converter of(Parameter parameter) {
    return search.of(arguments.resolved(parameter.getAnnotatedType(), parameter));
  }

  /**
   * How the answer of a method travels: what it returns, or what that will be completed with. Of a
   * method that returns nothing it is nothing, whatever there is.
   *
   * @throws IllegalArgumentException when no answer can, with the reason
   */
  public Converter ofAnswer(Method method) {
    DeclaredType result = arguments.resolved(method.getAnnotatedReturnType(), method);
    if (CompletionStage.class.isAssignableFrom(result.raw())) {
      result = completion(result);
    }
    return result.raw() == void.class || result.raw() == Void.class
        ? NothingConverter.NOTHING
        : search.of(result);
  }

  private static DeclaredType completion(DeclaredType later) {
    List<DeclaredType> arguments = later.arguments();
    return arguments.size() == 1 ? arguments.get(0) : DeclaredType.OBJECT;
  }
}

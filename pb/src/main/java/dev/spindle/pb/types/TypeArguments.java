// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What type variables stand for, seen from one class. */
final class TypeArguments {
  private final Map<TypeVariable<?>, DeclaredType> known = new HashMap<>();

  private TypeArguments() {}

  /** Those that a class gives to what it extends and implements. */
  static TypeArguments seenFrom(Class<?> type) {
    TypeArguments arguments = new TypeArguments();
    arguments.addSupertypes(type);
    return arguments;
  }

  /** Those that were given to a generic class where it was declared. */
  static TypeArguments of(DeclaredType type) {
    TypeArguments arguments = new TypeArguments();
    TypeVariable<?>[] variables = type.raw().getTypeParameters();
    if (type.arguments().size() == variables.length) {
      for (int i = 0; i < variables.length; i++) {
        arguments.known.put(variables[i], type.arguments().get(i));
      }
    }
    return arguments;
  }

  private void addSupertypes(Class<?> type) {
    addSupertype(type.getAnnotatedSuperclass());
    for (AnnotatedType face : type.getAnnotatedInterfaces()) {
      addSupertype(face);
    }
  }

  private void addSupertype(AnnotatedType declared) {
    if (declared == null) {
      return; // of Object, and of interfaces
    }
    DeclaredType type = resolved(declared);
    TypeVariable<?>[] variables = type.raw().getTypeParameters();
    for (int i = 0; i < type.arguments().size() && i < variables.length; i++) {
      known.put(variables[i], type.arguments().get(i));
    }
    addSupertypes(type.raw());
  }

  /** The type of a parameter, a component, a field or a method's result. */
  DeclaredType resolved(AnnotatedType declared, AnnotatedElement declaration) {
    DeclaredType type = resolved(declared);
    return Nullness.isNullable(declaration) ? type.nullable() : type;
  }

  DeclaredType resolved(AnnotatedType declared) {
    DeclaredType type = withoutNullness(declared);
    return Nullness.isNullable(declared) ? type.nullable() : type;
  }

  private DeclaredType withoutNullness(AnnotatedType declared) {
    if (declared instanceof AnnotatedArrayType array) {
      DeclaredType component = resolved(array.getAnnotatedGenericComponentType());
      return new DeclaredType(component.raw().arrayType(), List.of(component), false);
    }
    if (declared instanceof AnnotatedWildcardType wildcard) {
      return resolved(wildcard.getAnnotatedUpperBounds()[0]);
    }
    if (declared instanceof AnnotatedTypeVariable variable) {
      TypeVariable<?> type = (TypeVariable<?>) variable.getType();
      DeclaredType argument = known.get(type);
      return argument != null ? argument : DeclaredType.of(erased(type));
    }
    if (declared instanceof AnnotatedParameterizedType parameterized) {
      List<DeclaredType> arguments =
          Arrays.stream(parameterized.getAnnotatedActualTypeArguments())
              .map(this::resolved)
              .toList();
      return new DeclaredType(erased(parameterized.getType()), arguments, false);
    }
    return DeclaredType.of(erased(declared.getType()));
  }

  private static Class<?> erased(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType parameterized) {
      return erased(parameterized.getRawType());
    }
    // What remains are variables: arrays and wildcards have been taken apart.
    return erased(((TypeVariable<?>) type).getBounds()[0]);
  }
}

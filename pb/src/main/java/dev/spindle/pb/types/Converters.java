// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds how a declared Java type travels: plain types as they are, {@code List}, {@code Set},
 * {@code Map} and arrays by their members, enums by the text of their name, {@code Optional} and
 * what is annotated {@code @Nullable} as None or the value, a record as the copy that it was
 * registered as and else as a dict of its components.
 *
 * <p>Thread: any. One for each {@link Types}.
 */
public final class Converters {
  private final Map<Class<?>, Converter> own;
  private final Set<Class<?>> sentAsCopies;
  private final Map<Class<?>, RecordShape> records = new ConcurrentHashMap<>();
  private final Map<Class<?>, FieldShape> objects = new ConcurrentHashMap<>();

  Converters(Map<Class<?>, Converter> own, Set<Class<?>> sentAsCopies) {
    this.own = Map.copyOf(own);
    this.sentAsCopies = Set.copyOf(sentAsCopies);
  }

  /**
   * How a declared type travels, with its type arguments and annotations.
   *
   * @throws IllegalArgumentException when no value of it can travel, with the reason
   */
  public Converter of(AnnotatedType declared) {
    Converter converter = ofNonNull(declared);
    return Nullness.isNullable(declared) ? new NullableConverter(converter) : converter;
  }

  private Converter ofNonNull(AnnotatedType declared) {
    Type type = declared.getType();
    if (type instanceof ParameterizedType parameterized) {
      AnnotatedType[] arguments =
          ((AnnotatedParameterizedType) declared).getAnnotatedActualTypeArguments();
      return ofParameterized((Class<?>) parameterized.getRawType(), arguments);
    }
    return of(erased(type));
  }

  private Converter ofParameterized(Class<?> raw, AnnotatedType[] arguments) {
    if (raw == Optional.class) {
      return new OptionalConverter(of(arguments[0]));
    }
    if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
      return new ListConverter(of(arguments[0]));
    }
    if (raw == Set.class) {
      return new SetConverter(of(arguments[0]));
    }
    if (raw == Map.class) {
      return new MapConverter(of(arguments[0]), of(arguments[1]));
    }
    return of(raw);
  }

  /** How a class travels, without type arguments. */
  public Converter of(Class<?> type) {
    Converter known = own.get(type);
    if (known != null) {
      return known;
    }
    if (type == Object.class) {
      return Converter.ANYTHING;
    }
    if (type == Optional.class) {
      return new OptionalConverter(Converter.ANYTHING);
    }
    if (type.isEnum()) {
      return new EnumConverter(type);
    }
    if (type.isRecord()) {
      return new RecordConverter(type, this);
    }
    if (type.isArray() && type != byte[].class) {
      return new ArrayConverter(type.getComponentType(), of(type.getComponentType()));
    }
    return new PlainConverter(type);
  }

  private static Class<?> erased(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType parameterized) {
      return erased(parameterized.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return erased(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return erased(variable.getBounds()[0]);
    }
    throw new IllegalArgumentException(
        "an array of " + type.getTypeName() + " cannot travel: declare a List of it");
  }

  boolean isSentAsCopy(Class<?> type) {
    return sentAsCopies.contains(type);
  }

  RecordShape shapeOf(Class<?> record) {
    return records.computeIfAbsent(record, c -> new RecordShape(c, this));
  }

  FieldShape fieldsOf(Class<?> type) {
    return objects.computeIfAbsent(type, c -> new FieldShape(c, this));
  }
}
